//% info
// Suppressor drops what comes to a suppressed port and pulls nothing through one.
a :: Inject -> s :: Suppressor -> out :: Collect;
b :: Inject -> Queue -> [1] s [1] -> u :: Unqueue -> pulled :: Collect;
//% do
// push a 01
// write s.active0 false
// push a 02
// read s.drops
// read s.active0
// write s.active1 false
// push b 11
// run 1ns
// read u.scheduled
// write s.reset
// push a 03
// run 1ns
//% expect
// out 0ms 01
// 1
// false
// false
// out 1ns 03
// pulled 1ns 11
