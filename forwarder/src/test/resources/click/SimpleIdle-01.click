//% info
// SimpleIdle takes packets and gives none.
in :: Inject -> c :: Counter -> SimpleIdle;
SimpleIdle -> q :: Queue -> Unqueue -> out :: Collect;
//% do
// push in 0a
// run 1ms
// read c.count
// read q.length
//% expect
// 1
// 0
