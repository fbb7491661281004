//% info
// MarkIPCE marks packets whose ends know of marks, and drops the others unless forced.
in :: Inject -> CheckIPHeader -> ecn :: SetIPECN(no) -> m :: MarkIPCE -> CheckIPHeader -> IPPrint(TOS true, TIMESTAMP false) -> Discard;
f :: Inject -> CheckIPHeader -> MarkIPCE(FORCE true) -> CheckIPHeader -> IPPrint(forced, TOS true, TIMESTAMP false) -> Discard;
//% do
// push in udp:1.0.0.1:1.0.0.2:9
// write ecn.ecn ect1
// push in udp:1.0.0.1:1.0.0.2:9
// write ecn.ecn ect2
// push in udp:1.0.0.1:1.0.0.2:9
// push f udp:1.0.0.1:1.0.0.2:9
// read m.drops
//% expect
// tos 3 1.0.0.1.1000 > 1.0.0.2.2000: udp 8
// tos 3 1.0.0.1.1000 > 1.0.0.2.2000: udp 8
// forced: tos 3 1.0.0.1.1000 > 1.0.0.2.2000: udp 8
// 1
