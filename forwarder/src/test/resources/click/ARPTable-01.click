//% info
// ARPTable is shared: what one querier has learnt the other knows.
t :: ARPTable(TIMEOUT 100ms);
in :: Inject -> CheckIPHeader -> a :: ARPQuerier(10.0.0.1, 02:00:00:00:00:01, TABLE t) -> outa :: Collect;
rea :: Inject -> [1]a;
inb :: Inject -> CheckIPHeader -> b :: ARPQuerier(10.0.1.1, 02:00:00:00:00:11, TABLE t) -> outb :: Collect;
Idle -> [1]b;
//% do
// push in udp:10.0.0.1:10.0.0.2:9
// push rea 020000000001020000000002080600010800060400020200000000020a0000020200000000010a000001
// push inb udp:10.0.0.1:10.0.0.2:8
// run 70ms
// read t.table
// run 31ms
// read t.table
// read t.count
// run 100ms
// read t.count
// write t.insert 10.0.0.9 2:0:0:0:0:9
// read t.table
// write t.clear
// read t.count
// read t.drops
//% expect
// outa 0ms ffffffffffff020000000001080600010800060400010200000000010a0000010000000000000a000002
// outa 0ms 02000000000202000000000108004500001c0001000009119dce0a0000010a00000203e807d000080000
// outb 0ms 02000000000202000000001108004500001c0001000008119ece0a0000010a00000203e807d000080000
// 10.0.0.2 1 02-00-00-00-00-02 0.070000
// 10.0.0.2 0 02-00-00-00-00-02 0.101000
// 1
// 0
// 10.0.0.9 1 02-00-00-00-00-09 0.000000
// 0
// 0
