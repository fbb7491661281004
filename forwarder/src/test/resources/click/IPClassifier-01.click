//% info
// IPClassifier sends packets to the output of the first expression that is true for them.
in :: Inject -> CheckIPHeader -> c :: IPClassifier(src 10.0.0.0/24 && dst port 2000, udp && ip ttl 1, -);
c[0] -> near :: Collect;
c[1] -> dying :: Collect;
c[2] -> rest :: Collect;
//% do
// push in udp:10.0.0.1:10.0.9.2:1 udp:10.0.1.1:10.0.0.2:1 udp:10.0.1.1:10.0.0.2:9
// push in ospf:10.0.0.1:224.0.0.5
// read c.program
//% expect
// near 0ms udp:10.0.0.1:10.0.9.2:1
// dying 0ms udp:10.0.1.1:10.0.0.2:1
// rest 0ms udp:10.0.1.1:10.0.0.2:9
// rest 0ms ospf:10.0.0.1:224.0.0.5
//  0 268/0a000000%ffffff00  yes->step 1  no->step 5
//  1 264/00060000%00ff0000  yes->step 3  no->step 2
//  2 264/00110000%00ff0000  yes->step 3  no->[2]
//  3 260/00000000%00001fff  yes->step 4  no->step 5
//  4 512/000007d0%0000ffff  yes->[0]  no->step 5
//  5 264/01110000%ffff0000  yes->[1]  no->[2]
// safe length 516
// alignment offset 0
