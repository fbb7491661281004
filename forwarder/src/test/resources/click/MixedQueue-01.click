//% info
// Input 0 of MixedQueue is first in, first out; input 1 is last in, first out. When it is full the
// packet for input 0 (06) stays out, and the last in the queue (04) makes room for that of input 1.
a :: Inject -> m :: MixedQueue(5) -> u :: Unqueue(ACTIVE false) -> out :: Collect;
b :: Inject -> [1] m;
//% do
// push a 01 02
// push b 03
// push a 04
// push b 05
// push a 06
// push b 07
// read m.drops
// write u.active true
// run 1ms
//% expect
// 2
// out 0ms 07
// out 0ms 05
// out 0ms 03
// out 0ms 01
// out 0ms 02
