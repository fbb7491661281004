//% info
// TimedUnqueue pulls a packet each 10 ms; one that comes after a pause goes at once.
in :: Inject -> Queue -> t :: TimedUnqueue(0.01) -> out :: Collect;
//% do
// push in 01 02
// run 33ms
// push in 03 04
// run 100ms
// read t.burst
//% expect
// out 0ms 01
// out 10ms 02
// out 33ms 03
// out 43ms 04
// 1
