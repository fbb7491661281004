//% info
// IPRewriterPatterns names patterns; rewriters that share one share its next port.
IPRewriterPatterns(NAT 1.0.0.1 1024-65535# - -, ONE 2.0.0.1 -);
a :: Inject -> CheckIPHeader -> rw :: IPRewriter(pattern NAT 0 0) -> out :: Collect;
b :: Inject -> CheckIPHeader -> rw2 :: IPRewriter(pattern NAT 0 0) -> out2 :: Collect;
c :: Inject -> CheckIPHeader -> rw3 :: IPAddrRewriter(pattern ONE 0 0) -> out3 :: Collect;
//% do
// push a udp:10.0.0.1:10.0.0.2:9
// push b udp:10.0.0.1:10.0.0.2:9
// push c udp:10.0.0.1:10.0.0.2:9
// read rw2.patterns
//% expect
// out 0ms 4500001c000100000911a6ce010000010a000002040007d000080000
// out2 0ms 4500001c000100000911a6ce010000010a000002040107d000080000
// out3 0ms udp:2.0.0.1:10.0.0.2:9
// 1.0.0.1 1024-65535 - - [1]
