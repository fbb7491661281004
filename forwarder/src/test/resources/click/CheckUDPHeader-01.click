//% info
// CheckUDPHeader passes sound datagrams, and those without a checksum.
in :: Inject -> CheckIPHeader -> c :: CheckUDPHeader(DETAILS true);
c[0] -> good :: Collect;
c[1] -> bad :: Collect;
//% do
// push in udp:10.0.0.1:10.0.0.2:9 ospf:10.0.0.1:10.0.0.2
// push in 4500001c00010000401166ce0a0000010a00000204d2162e00081234
// push in 4500001c00010000401166ce0a0000010a00000204d2162e00090000
// read c.drops
// read c.drop_details
//% expect
// c: UDP header check failed: not UDP
// good 0ms udp:10.0.0.1:10.0.0.2:9
// bad 0ms ospf:10.0.0.1:10.0.0.2
// bad 0ms 4500001c00010000401166ce0a0000010a00000204d2162e00081234
// bad 0ms 4500001c00010000401166ce0a0000010a00000204d2162e00090000
// 3
// 1	not UDP
// 1	bad length of UDP
// 1	bad checksum of UDP
