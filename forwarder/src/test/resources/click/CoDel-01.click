//% info
// Packets stay in the queue for far more than 5 ms; after an interval of 100 ms CoDel begins to drop.
s :: InfiniteSource("x", LIMIT 200, ACTIVE false) -> q :: Queue(100) -> c :: CoDel(5, 100) -> Shaper(100)
    -> Unqueue -> Counter -> Discard;
//% do
// run 1ms
// write s.active true
// run 105ms
// read c.drops
// run 10ms
// read c.drops
// run 2s
// read c.target
// read c.interval
// read c.queues
// read q.length
//% expect
// 0
// 1
// 5
// 100
// q
// 0
