//% info
// Makes so many packets, no faster than they are taken: the full queue lets it sleep.
s :: InfiniteSource("ab", LIMIT 5, BURST 3) -> q :: Queue(2) -> u :: Unqueue(ACTIVE false) -> out :: Collect;
//% do
// run 1ms
// read s.count
// read q.length
// read q.drops
// write u.active true
// run 1ms
// read s.count
// read s.scheduled
// read q.drops
//% expect
// 2
// 2
// 0
// out 1ms 6162
// out 1ms 6162
// out 1ms 6162
// out 1ms 6162
// out 1ms 6162
// 5
// false
// 0
