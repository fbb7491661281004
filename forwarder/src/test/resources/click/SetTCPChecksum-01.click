//% info
// SetTCPChecksum sums up the segment anew; what is not TCP is dropped.
in :: Inject -> CheckIPHeader -> s :: SetTCPChecksum -> out :: Collect;
//% do
// push in 4500002800010000400666cd0a0000010a0000020001000200000001000000025010200000000000
// push in udp:10.0.0.1:10.0.0.2:9
// read s.drops
//% expect
// out 0ms 4500002800010000400666cd0a0000010a000002000100020000000100000002501020007bcc0000
// 1
