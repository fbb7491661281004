//% info
// FullNoteQueue is a Queue: the source sleeps while it is full, and nothing is dropped.
s :: InfiniteSource("x", LIMIT 5) -> q :: FullNoteQueue(1) -> Unqueue -> c :: Counter -> Discard;
//% do
// run 1ms
// read c.count
// read q.drops
// read q.highwater_length
//% expect
// 5
// 0
// 1
