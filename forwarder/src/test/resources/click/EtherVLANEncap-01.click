//% info
// Click's own example: the tag survives in the annotation.
in :: Inject -> e :: EtherVLANEncap(0x0800, 1:1:1:1:1:1, 2:2:2:2:2:2, 1) -> StripEtherVLANHeader
  -> EtherVLANEncap(0x0800, 1:1:1:1:1:1, 2:2:2:2:2:2, ANNO) -> c :: Collect;
in2 :: Inject -> SetVLANAnno(1) -> EtherVLANEncap(0x0800, 1:1:1:1:1:1, 2:2:2:2:2:2, ANNO, NATIVE_VLAN 1)
  -> StripEtherVLANHeader -> SetVLANAnno(2, 1)
  -> EtherVLANEncap(0x0800, 1:1:1:1:1:1, 2:2:2:2:2:2, ANNO, NATIVE_VLAN 1) -> f :: Collect;
//% do
// push in aaabacad
// push in2 aaabacad
// read e.vlan_id
// read e.native_vlan
//% expect
// c 0ms 020202020202010101010101810000010800aaabacad
// f 0ms 020202020202010101010101810020020800aaabacad
// 1
// 0
