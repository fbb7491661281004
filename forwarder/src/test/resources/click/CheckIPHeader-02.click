//% info
// CheckIPHeader with INTERFACES: broadcast addresses are no sources, but to the router itself all may speak.
in :: Inject -> check :: CheckIPHeader(INTERFACES 18.26.4.9/24 18.32.9.44/28, BADSRC 9.9.9.9, VERBOSE true, DETAILS true);
check[0] -> good :: Collect;
check[1] -> bad :: Collect;
old :: Inject -> CheckIPHeader(18.26.4.255 18.26.7.255, 2) -> two :: Collect;
//% do
// push in udp:18.26.4.255:1.2.3.4:9 udp:18.32.9.47:1.2.3.4:9 udp:0.0.0.0:1.2.3.4:9 udp:9.9.9.9:1.2.3.4:9
// push in udp:18.26.4.255:18.26.4.9:9 udp:0.0.0.0:18.32.9.44:9 udp:18.26.4.254:1.2.3.4:9
// read check.drop_details
// push old ffff4500001c00010000401166ce0a0000010a00000204d2162e00080000
//% expect
// check: bad source address
// check: bad source address
// check: bad source address
// check: bad source address
// bad 0ms udp:18.26.4.255:1.2.3.4:9
// bad 0ms udp:18.32.9.47:1.2.3.4:9
// bad 0ms udp:0.0.0.0:1.2.3.4:9
// bad 0ms udp:9.9.9.9:1.2.3.4:9
// good 0ms udp:18.26.4.255:18.26.4.9:9
// good 0ms udp:0.0.0.0:18.32.9.44:9
// good 0ms udp:18.26.4.254:1.2.3.4:9
// 0	tiny packet
// 0	bad IP version
// 0	bad IP header length
// 0	bad IP length
// 0	bad IP checksum
// 4	bad source address
// two 0ms ffff4500001c00010000401166ce0a0000010a00000204d2162e00080000
