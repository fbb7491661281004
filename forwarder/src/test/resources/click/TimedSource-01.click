//% info
// TimedSource waits for an interval before each packet.
s :: TimedSource(DATA "t", LIMIT 3, END_CALL other.active true) -> out :: Collect;
other :: TimedSource(20ms, "o", ACTIVE false, LIMIT 1) -> out2 :: Collect;
//% do
// read s.interval
// run 1s
// write s.interval 0.25
// run 300ms
//% expect
// 0.5
// out 500ms 74
// out 1s 74
// out 1.25s 74
// out2 1.27s 6f
