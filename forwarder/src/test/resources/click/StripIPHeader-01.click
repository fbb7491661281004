//% info
// StripIPHeader takes the outer header off.
in :: Inject -> IPEncap(ipip, 1.1.1.1, 2.2.2.2) -> CheckIPHeader -> StripIPHeader -> CheckIPHeader -> out :: Collect;
x :: Inject -> s :: StripIPHeader -> Discard;
//% do
// push in udp:10.0.0.1:10.0.0.2:9
// push x 4500
// read s.drops
//% expect
// out 0ms udp:10.0.0.1:10.0.0.2:9
// 1
