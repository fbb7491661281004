//% info
// Queue holds so many packets and drops the others; Unqueue takes them out soon after.
in :: Inject -> q :: Queue(2) -> Unqueue -> out :: Collect;
//% do
// push in 0a 0b 0c
// read q.length
// run 1ms
// read q.length
// read q.drops
// read q.highwater_length
//% expect
// 2
// out 0ms 0a
// out 0ms 0b
// 0
// 1
// 2
