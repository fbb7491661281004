//% info
// RadixIPLookup takes the longest prefix; its table changes live, a transaction as a whole.
in :: Inject -> CheckIPHeader -> fib :: RadixIPLookup(0.0.0.0/0 0, 10.0.0.0/8 10.1.1.1 1);
fib[0] -> zero :: Collect;
fib[1] -> one :: Collect;
//% do
// push in udp:10.0.0.1:10.0.0.2:9 udp:10.0.0.1:11.0.0.2:9
// write fib.add 10.0.0.0/24 0
// push in udp:10.0.0.1:10.0.0.2:9
// write fib.add 10.0.0.0/24 1
// write fib.remove 0.0.0.0/0
// push in udp:10.0.0.1:11.0.0.2:9
// read fib.table
// read fib.lookup 10.9.9.9
// read fib.lookup 12.9.9.9
//% expect
// zero 0ms udp:10.0.0.1:11.0.0.2:9
// one 0ms udp:10.0.0.1:10.0.0.2:9
// zero 0ms udp:10.0.0.1:10.0.0.2:9
// 520 conflict with existing route '10.0.0.0/24 - 0'
// 10.0.0.0/8 10.1.1.1 1
// 10.0.0.0/24 - 0
// 1 10.1.1.1
// -1
