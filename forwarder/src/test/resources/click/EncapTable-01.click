//% info
// EncapTable maps the next hop, which the forwarding table has left, to a link.
in :: Inject -> CheckIPHeader -> RadixIPLookup(10.1.0.0/16 10.9.0.1 0, 10.2.0.0/16 10.9.0.2 0, 10.3.0.0/16 10.9.0.3 0)
  -> encap :: EncapTable(10.9.0.1 0, 10.9.0.2 1);
encap[0] -> first :: Collect;
encap[1] -> second :: Collect;
//% do
// push in udp:10.0.0.1:10.2.0.2:9 udp:10.0.0.1:10.1.0.2:9 udp:10.0.0.1:10.3.0.2:9
// read encap.table
//% expect
// first 0ms udp:10.0.0.1:10.1.0.2:9
// second 0ms udp:10.0.0.1:10.2.0.2:9
// 10.9.0.1 0
// 10.9.0.2 1
