//% info
// A full FrontDropQueue drops its eldest packet.
in :: Inject -> q :: FrontDropQueue(2) -> u :: Unqueue(ACTIVE false) -> out :: Collect;
//% do
// push in 0a 0b 0c
// read q.drops
// write u.active true
// run 1ms
// write q.capacity 100
//% expect
// 1
// out 0ms 0b
// out 0ms 0c
