//% info
// Click's own examples of VLANEncap and VLANDecap.
in :: Inject -> EtherEncap(0x0800, 1:1:1:1:1:1, 2:2:2:2:2:2) -> v :: VLANEncap(1) -> a :: Collect;
in2 :: Inject -> VLANDecap -> VLANEncap(ANNO, NATIVE_VLAN 1) -> e :: Collect;
in3 :: Inject -> VLANDecap -> SetVLANAnno(2, 1) -> VLANEncap(ANNO, NATIVE_VLAN 1) -> f :: Collect;
//% do
// push in aaabacad
// push in2 020202020202010101010101810000010800aaabacad
// push in3 020202020202010101010101810000010800aaabacad
// read v.vlan_tci
// write v.vlan_id 0x234
// write v.vlan_pcp 7
// read v.vlan_tci
// read v.ethertype
// push in aa
//% expect
// a 0ms 020202020202010101010101810000010800aaabacad
// e 0ms 0202020202020101010101010800aaabacad
// f 0ms 020202020202010101010101810020020800aaabacad
// 1
// 57908
// 33024
// a 0ms 0202020202020101010101018100e2340800aa
