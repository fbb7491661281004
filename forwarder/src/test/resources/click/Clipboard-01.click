//% info
// Clipboard is Click's own test: bytes 0, 2 and 9 of other packets.
a :: Inject -> c :: Clipboard(0/1, 2/1, 9/1) -> Discard;
b :: Inject -> [1] c [1] -> Print(CONTENTS ASCII) -> Discard;
//% do
// push b 2e612e2069732061202e61742c
// push a 53696d706c6973746963
// push b 2e612e2069732061202e61742c
// push a 44616e636520746f7572
// push b 2e612e2069732061202e61742c
// push b 2e61
//% expect
//   13 |  .a. is a  .at,
//   13 |  Sam is a  cat,
//   13 |  Dan is a  rat,
//    2 |  Da
