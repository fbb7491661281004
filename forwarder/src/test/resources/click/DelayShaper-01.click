//% info
// DelayShaper gives a packet when its timestamp is 50 ms old; who pulls sleeps until then.
s :: InfiniteSource("a", LIMIT 2) -> q :: Queue -> d :: DelayShaper(50ms) -> Unqueue
    -> out :: Collect;
//% do
// run 10ms
// read q.length
// run 190ms
// write s.limit 3
// run 1s
// read d.delay
//% expect
// 1
// out 50ms 61
// out 50ms 61
// out 250ms 61
// 50ms
