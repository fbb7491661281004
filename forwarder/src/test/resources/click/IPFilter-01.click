//% info
// IPFilter drops what is denied and what nothing is true for.
in :: Inject -> CheckIPHeader -> f :: IPFilter(deny src host 10.0.0.1, allow udp && ip ttl > 1, 1 ip proto 89);
f[0] -> out :: Collect;
f[1] -> ospf :: Collect;
//% do
// push in udp:10.0.0.1:10.0.0.2:9 udp:10.0.0.3:10.0.0.2:9 udp:10.0.0.3:10.0.0.2:1
// push in ospf:10.0.0.3:224.0.0.5
// read f.program
//% expect
// out 0ms udp:10.0.0.3:10.0.0.2:9
// ospf 0ms ospf:10.0.0.3:224.0.0.5
//  0 268/0a000001%ffffffff  yes->[X]  no->step 1
//  1 264/00110000%00ff0000  yes->step 2  no->step 3
//  2 264/00000000%fe000000  yes->[X]  no->[0]
//  3 264/00590000%00ff0000  yes->[1]  no->[X]
// safe length 272
// alignment offset 0
