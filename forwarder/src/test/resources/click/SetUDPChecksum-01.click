//% info
// SetUDPChecksum sums up the datagram anew; what is not UDP is dropped.
in :: Inject -> CheckIPHeader -> s :: SetUDPChecksum -> out :: Collect;
//% do
// push in udp:10.0.0.1:10.0.0.2:9 ospf:10.0.0.1:10.0.0.2
// read s.drops
//% expect
// out 0ms 4500001c0001000009119dce0a0000010a00000203e807d00008e023
// 1
