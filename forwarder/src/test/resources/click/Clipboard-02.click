//% info
// Click's own test of Clipboard with its sources; the first is held to one packet, since its second
// would come at the moment of the third's first.
clipboard :: Clipboard(0/1, 2/1, 9/1);
TimedSource(0.002, "Simplistic", LIMIT 1) -> [0]clipboard[0] -> Discard;
TimedSource(0.003, "Dance tour") -> [0]clipboard;
TimedSource(0.004, "Ionize tub") -> [0]clipboard;
TimedSource(0.001, ".a. is a .at,", LIMIT 4, STOP true) -> [1]clipboard[1]
    -> Print(CONTENTS ASCII) -> Discard;
//% do
// run 4500us
//% expect
//   13 |  .a. is a  .at,
//   13 |  Sam is a  cat,
//   13 |  Dan is a  rat,
//   13 |  Ian is a  bat,
// (stopped)
