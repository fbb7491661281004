//% info
// ToDump writes packets and passes them on; whoever has no output swallows them.
in :: Inject -> a :: ToDump(/dev/null, ENCAP IP) -> b :: ToDump(/dev/null, SNAPLEN 10, USE_ENCAP_FROM d) -> out :: Collect;
d :: FromDump(src/test/resources/dumps/three.pcap, ACTIVE false) -> Queue -> c :: ToDump(/dev/null);
//% do
// push in udp:10.0.0.1:10.0.0.2:64
// read a.count
// read b.count
// write d.active true
// run 1ms
// read c.count
// read c.errors
//% expect
// out 0ms udp:10.0.0.1:10.0.0.2:64
// 1
// 1
// 3
// 0
