//% info
// UDPIPEncap puts a UDP and an IP header in front; Click's own example of addresses.
in :: Inject -> e :: UDPIPEncap(1.0.0.1, 1234, 2.0.0.2, 1234) -> out :: Collect;
//% do
// push in 616263
// write e.dport 5
// read e.dport
// read e.src
// push in 616263
//% expect
// out 0ms 4500001f00000000fa11bdcb010000010200000204d204d2000b2ecf616263
// 5
// 1.0.0.1
// out 0ms 4500001f00010000fa11bdca010000010200000204d20005000b339c616263
