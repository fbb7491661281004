//% info
// ARPQuerier asks once, keeps packets until the answer comes, and then needs no more questions.
in :: Inject -> CheckIPHeader -> arp :: ARPQuerier(10.0.0.1/24, 02:00:00:00:00:01);
re :: Inject -> [1]arp;
arp[0] -> out :: Collect;
arp[1] -> ask :: Collect;
//% do
// push in udp:10.0.0.1:10.0.0.2:9 udp:10.0.0.1:10.0.0.2:8
// read arp.table
// read arp.length
// run 3ms
// push re 020000000001020000000002080600010800060400020200000000020a0000020200000000010a000001
// read arp.table
// read arp.count
// push in udp:10.0.0.1:10.0.0.2:9
// push in udp:10.0.0.1:10.0.0.255:9 udp:10.0.0.1:224.0.0.9:1
// read arp.stats
// read arp.queries
// read arp.responses
// read arp.broadcast
// write arp.delete 10.0.0.2
// read arp.count
// write arp.insert 10.0.0.2 nonsense
//% expect
// ask 0ms ffffffffffff020000000001080600010800060400010200000000010a0000010000000000000a000002
// 10.0.0.2 0 FF-FF-FF-FF-FF-FF 0.000000
// 2
// out 3ms 02000000000202000000000108004500001c0001000009119dce0a0000010a00000203e807d000080000
// out 3ms 02000000000202000000000108004500001c0001000008119ece0a0000010a00000203e807d000080000
// 10.0.0.2 1 02-00-00-00-00-02 0.000000
// 1
// out 3ms 02000000000202000000000108004500001c0001000009119dce0a0000010a00000203e807d000080000
// out 3ms ffffffffffff02000000000108004500001c0001000009119cd10a0000010a0000ff03e807d000080000
// out 3ms 01005e00000902000000000108004500001c000100000111cfc60a000001e000000903e807d000080000
// 0 packets killed
// 1 ARP queries sent
// 1
// 1
// 10.0.0.255
// 0
// 520 'nonsense' is neither an address nor a name that AddressInfo gives
