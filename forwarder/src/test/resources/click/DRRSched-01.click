//% info
// DRRSched gives each input as many bytes, whatever its packets' sizes.
a :: Inject -> Queue -> [0] d :: DRRSched(QUANTUM 4) -> Unqueue -> out :: Collect;
b :: Inject -> Queue -> [1] d;
//% do
// push a 01020304 05060708 090a0b0c
// push b 11 12 13 14 15 16
// run 1ns
//% expect
// out 0ms 01020304
// out 0ms 11
// out 0ms 12
// out 0ms 13
// out 0ms 14
// out 0ms 05060708
// out 0ms 15
// out 0ms 16
// out 0ms 090a0b0c
