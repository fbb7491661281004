//% info
// Unqueue takes BURST packets at a time and goes on until the queue is empty.
in :: Inject -> q :: Queue -> Unqueue(BURST 1) -> c :: Counter -> Discard;
//% do
// push in 0a 0b 0c 0d 0e
// run 1ns
// read c.count
// read q.length
//% expect
// 5
// 0
