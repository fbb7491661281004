//% info
// IPEncap puts a header in front; Click's example, and keywords.
a :: Inject -> IPEncap(4, 18.26.4.24, 140.247.60.147) -> oa :: Collect;
b :: Inject -> SetIPAddress(1.2.3.4) -> e :: IPEncap(udp, 18.26.4.24, DST_ANNO, TTL 9, DSCP 1, CE true, DF true) -> CheckIPHeader -> ob :: Collect;
//% do
// push a 0a0b 0c
// push b 0a
// read e.dst
// write e.dst 5.6.7.8
// write e.src 1.1.1
// push b 0a
// read e.src
//% expect
// oa 0ms 4500001600000000fa04e127121a04188cf73c930a0b
// oa 0ms 4500001500010000fa04e127121a04188cf73c930c
// ob 0ms 45070015000040000911579a121a0418010203040a
// DST_ANNO
// 520 "1.1.1" is not an IPv4 address like 10.77.0.1
// ob 0ms 450700150001400009114f91121a0418050607080a
// 18.26.4.24
