//% info
// DelayUnqueue holds a packet until its timestamp, here the time of its making, is 20 ms old.
s :: InfiniteSource("a", LIMIT 2) -> q :: Queue -> d :: DelayUnqueue(20ms) -> out :: Collect;
//% do
// run 10ms
// read q.length
// read d.delay
// run 90ms
// write s.limit 3
// run 15ms
// write d.delay 0
// run 1ms
//% expect
// 1
// 20ms
// out 20ms 61
// out 20ms 61
// out 115ms 61
