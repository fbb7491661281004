//% info
// CheckIPHeader passes sound packets, without what lies beyond their IP length.
in :: Inject -> check :: CheckIPHeader;
check[0] -> good :: Collect;
check[1] -> bad :: Collect;
//% do
// push in udp:10.0.0.1:10.0.0.2:9 4500 udp:224.0.0.1:10.0.0.2:9
// push in 4500001c00010000401166ce0a0000010a00000204d2162e00080000ffff
// read check.count
// read check.drops
//% expect
// check: tiny packet
// good 0ms udp:10.0.0.1:10.0.0.2:9
// bad 0ms 4500
// bad 0ms udp:224.0.0.1:10.0.0.2:9
// good 0ms 4500001c00010000401166ce0a0000010a00000204d2162e00080000
// 2
// 2
