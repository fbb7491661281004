//% info
// CheckICMPHeader passes sound messages.
in :: Inject -> CheckIPHeader -> c :: CheckICMPHeader(DETAILS true) -> good :: Collect; c[1] -> bad :: Collect;
//% do
// push in 4500001c00010000400166de0a0000010a0000020800f7fd00010001 4500001c00010000400166de0a0000010a0000020800f7fe00010001
// push in udp:10.0.0.1:10.0.0.2:9 4500001c00010000400166de0a0000010a0000020d00f2fd00010001
// read c.count
// read c.drop_details
//% expect
// c: bad ICMP checksum
// good 0ms 4500001c00010000400166de0a0000010a0000020800f7fd00010001
// bad 0ms 4500001c00010000400166de0a0000010a0000020800f7fe00010001
// bad 0ms udp:10.0.0.1:10.0.0.2:9
// bad 0ms 4500001c00010000400166de0a0000010a0000020d00f2fd00010001
// 1
// 1	not ICMP
// 1	bad ICMP length
// 1	bad ICMP checksum
