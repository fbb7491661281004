//% info
// IPAddrPairRewriter gives each pair of addresses another one; Click's own example.
in :: Inject -> CheckIPHeader -> rw :: IPAddrPairRewriter(pattern 3.0.0.1-3.0.0.255# - 0 0) -> out :: Collect;
//% do
// push in udp:1.0.0.1:9.9.9.9:9 udp:1.0.0.2:9.9.9.8:9 udp:1.0.0.1:9.9.9.9:9
// push in udp:1.0.0.1:9.9.9.7:9 udp:9.9.9.6:3.0.0.1:9 udp:9.9.9.7:3.0.0.3:9
//% expect
// out 0ms udp:3.0.0.1:9.9.9.9:9
// out 0ms udp:3.0.0.2:9.9.9.8:9
// out 0ms udp:3.0.0.1:9.9.9.9:9
// out 0ms udp:3.0.0.3:9.9.9.7:9
// out 0ms udp:3.0.0.4:3.0.0.1:9
// out 0ms udp:9.9.9.7:1.0.0.1:9
