//% info
// StaticIPLookup has a table, and no handlers to change it.
in :: Inject -> CheckIPHeader -> rt :: StaticIPLookup(18.26.4.24/32 0, 18.26.4/24 1, 0/0 18.26.4.1 1);
rt[0] -> host :: Collect; rt[1] -> net :: Collect;
//% do
// push in udp:1.1.1.1:18.26.4.24:9 udp:1.1.1.1:18.26.4.25:9 udp:1.1.1.1:18.26.5.1:9
// read rt.table
// read rt.lookup 18.26.4.9
// read rt.lookup 18.26.5.9
// write rt.add 1.0.0.0/8 0
//% expect
// host 0ms udp:1.1.1.1:18.26.4.24:9
// net 0ms udp:1.1.1.1:18.26.4.25:9
// net 0ms udp:1.1.1.1:18.26.5.1:9
// 0.0.0.0/0 18.26.4.1 1
// 18.26.4.0/24 - 1
// 18.26.4.24/32 - 0
// 1
// 1 18.26.4.1
// 511 No handler named 'n/rt.add'
