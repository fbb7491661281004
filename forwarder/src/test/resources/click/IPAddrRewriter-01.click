//% info
// IPAddrRewriter gives each source an address of a range; Click's own example.
in :: Inject -> CheckIPHeader -> rw :: IPAddrRewriter(pattern 3.0.0.1-3.0.0.255# - 0 0) -> out :: Collect;
//% do
// push in udp:1.0.0.1:9.9.9.9:9 udp:1.0.0.2:9.9.9.8:9 udp:1.0.0.1:9.9.9.7:9 udp:9.9.9.6:3.0.0.1:9
// read rw.patterns
// read rw.nmappings
//% expect
// out 0ms udp:3.0.0.1:9.9.9.9:9
// out 0ms udp:3.0.0.2:9.9.9.8:9
// out 0ms udp:3.0.0.1:9.9.9.7:9
// out 0ms udp:9.9.9.6:1.0.0.1:9
// 3.0.0.1-3.0.0.255 - [2]
// 2
