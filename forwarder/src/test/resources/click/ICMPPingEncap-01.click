//% info
// ICMPPingEncap makes requests that are sound and can be answered.
in :: Inject -> ICMPPingEncap(1.0.0.1, 2.0.0.2, IDENTIFIER 3) -> CheckIPHeader -> CheckICMPHeader -> IPPrint(TIMESTAMP false) -> ICMPPingResponder -> CheckIPHeader -> CheckICMPHeader -> IPPrint(TIMESTAMP false) -> out :: Collect;
//% do
// push in 0a0b0c 0d
//% expect
// 1.0.0.1 > 2.0.0.2: icmp echo (3, 0)
// 1.0.0.1 > 2.0.0.2: icmp echo (3, 1)
// 2.0.0.2 > 1.0.0.1: icmp echo-reply (3, 0)
// 2.0.0.2 > 1.0.0.1: icmp echo-reply (3, 1)
// out 0ms 4500001f00000000400177dc02000002010000010000e9f1000300000a0b0c
// out 0ms 4500001d00010000400177dd02000002010000010000f2fb000300010d
