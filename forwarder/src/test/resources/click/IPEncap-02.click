//% info
// IPEncap says what is wrong with its arguments.
Idle -> a :: IPEncap(4, 18.26.4.24) -> Discard;
Idle -> b :: IPEncap(4, 18.26.4.24, 1.2.3.4, TOS 4, DSCP 1) -> Discard;
Idle -> c :: IPEncap(xyz, 18.26.4.24, 1.2.3.4) -> Discard;
Idle -> d :: IPEncap(4, 18.26.4.24, 1.2.3) -> Discard;
//% do
//% expect
// 'a :: IPEncap': missing argument DST
// 'b :: IPEncap': TOS is the whole byte: leave out DSCP, ECT and CE
// 'c :: IPEncap': PROTO: 'xyz' is not a whole number
// 'd :: IPEncap': DST: "1.2.3" is not an IPv4 address like 10.77.0.1
