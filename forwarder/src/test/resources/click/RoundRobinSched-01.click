//% info
// RoundRobinSched pulls from its inputs in turn.
a :: Inject -> Queue -> [0] r :: RoundRobinSched -> Unqueue -> out :: Collect;
b :: Inject -> Queue -> [1] r; Idle -> [2] r;
//% do
// push a 01 02 03
// push b 11
// run 1ns
//% expect
// out 0ms 01
// out 0ms 11
// out 0ms 02
// out 0ms 03
