//% info
// SimpleRoundRobinSched pulls from its inputs in turn.
a :: Inject -> Queue -> [0] s :: SimpleRoundRobinSched -> u :: Unqueue(ACTIVE false) -> out :: Collect;
b :: Inject -> Queue -> [1] s;
//% do
// push b 11 12
// push a 01 02
// write u.active true
// run 1ns
//% expect
// out 0ms 01
// out 0ms 11
// out 0ms 02
// out 0ms 12
