//% info
// SimpleQueue does not tell who pushes that it is full; what overflows leaves by output 1.
in :: Inject -> q :: SimpleQueue(2) -> Unqueue -> out :: Collect;
q[1] -> over :: Collect;
s :: InfiniteSource("x", LIMIT 5) -> p :: SimpleQueue(3) -> Puller;
//% do
// push in 0a 0b 0c
// read q.length
// run 1ms
// read q.length
// read q.drops
// write q.reset_counts x
// read q.drops
// read p.drops
// write q.capacity -1
//% expect
// over 0ms 0c
// 2
// out 0ms 0a
// out 0ms 0b
// 0
// 1
// 0
// 2
// 520 -1 is outside 0 to 1000000
