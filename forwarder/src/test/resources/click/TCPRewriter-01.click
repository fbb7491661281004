//% info
// TCPRewriter rewrites TCP, and passes other packets only where it is told to.
in :: Inject -> CheckIPHeader -> [0]rw :: TCPRewriter(pattern 1.0.0.1 1024-65535# - - 0 1, pass 1);
other :: Inject -> CheckIPHeader -> [1]rw;
rw[0] -> CheckIPHeader -> CheckTCPHeader -> outside :: Collect;
rw[1] -> inside :: Collect;
//% do
// push in 4500002800010000400666cd0a0000010a000002000100020000000100000002501020007bcc0000 udp:10.0.0.1:10.0.0.2:9
// push other udp:10.0.0.1:10.0.0.2:9
// read rw.lookup 10.0.0.1 1 10.0.0.2 2
// read rw.drops
//% expect
// outside 0ms 450000280001000040066fcd010000010a0000020400000200000001000000025010200080cd0000
// inside 0ms udp:10.0.0.1:10.0.0.2:9
// 1.0.0.1 1024 10.0.0.2 2
// 1
