//% info
// StaticPullSwitch pulls from one input only.
a :: Inject -> q :: Queue -> [0] s :: StaticPullSwitch(1) -> Unqueue -> out :: Collect;
b :: Inject -> Queue -> [1] s;
//% do
// push a 01
// push b 11
// run 1ns
// read q.length
//% expect
// out 0ms 11
// 1
