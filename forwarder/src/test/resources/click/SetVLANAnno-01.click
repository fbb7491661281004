//% info
// SetVLANAnno sets the whole or the parts.
in :: Inject -> v :: SetVLANAnno(VLAN_ID 5, VLAN_PCP 3) -> EtherVLANEncap(0x0800, 1:1:1:1:1:1, 2:2:2:2:2:2, ANNO) -> out :: Collect;
//% do
// push in aa
// read v.vlan_tci
// read v.vlan_pcp
// write v.vlan_tci 7
// push in ab
//% expect
// out 0ms 020202020202010101010101810060050800aa
// 24581
// 3
// out 0ms 020202020202010101010101810000070800ab
