//% info
// SimplePrioSched pulls from its first input as long as that has packets.
a :: Inject -> Queue -> [0] s :: SimplePrioSched -> u :: Unqueue(ACTIVE false) -> out :: Collect;
b :: Inject -> Queue -> [1] s;
//% do
// push b 11 12
// push a 01 02
// write u.active true
// run 1ns
//% expect
// out 0ms 01
// out 0ms 02
// out 0ms 11
// out 0ms 12
