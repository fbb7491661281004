//% info
// DecIPTTL decrements; what has no time left goes to output 1, unchanged.
in :: Inject -> CheckIPHeader -> ttl :: DecIPTTL -> on :: Collect;
ttl[1] -> over :: Collect;
//% do
// push in udp:10.0.0.1:10.0.0.2:9 udp:10.0.0.1:10.0.0.2:2 udp:10.0.0.1:10.0.0.2:1
// read ttl.drops
//% expect
// on 0ms udp:10.0.0.1:10.0.0.2:8
// on 0ms udp:10.0.0.1:10.0.0.2:1
// over 0ms udp:10.0.0.1:10.0.0.2:1
// 1
