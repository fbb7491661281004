//% info
// PrioSched empties input 0 before it looks at input 1.
a :: Inject -> Queue -> [0] p :: PrioSched -> Unqueue -> out :: Collect;
b :: Inject -> Queue -> [1] p;
//% do
// push b 11 12
// push a 01 02 03
// run 1ns
//% expect
// out 0ms 01
// out 0ms 02
// out 0ms 03
// out 0ms 11
// out 0ms 12
