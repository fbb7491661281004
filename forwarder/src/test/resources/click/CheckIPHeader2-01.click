//% info
// CheckIPHeader2 leaves the checksum alone.
in :: Inject -> check :: CheckIPHeader2;
check[0] -> good :: Collect;
check[1] -> bad :: Collect;
//% do
// push in 4500001c00010000401100000a0000010a00000204d2162e00080000 5500
// read check.drops
//% expect
// check: tiny packet
// good 0ms 4500001c00010000401100000a0000010a00000204d2162e00080000
// bad 0ms 5500
// 1
