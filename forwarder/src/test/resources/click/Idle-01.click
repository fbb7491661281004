//% info
// Idle takes packets and gives none, by push and by pull.
in :: Inject -> c :: Counter -> Idle;
Idle -> q :: Queue -> Unqueue -> out :: Collect;
//% do
// push in 0a
// run 1ms
// read c.count
// read q.length
//% expect
// 1
// 0
