//% info
// StripEtherVLANHeader takes off both kinds of header; without a native VLAN only the tagged one.
in :: Inject -> StripEtherVLANHeader -> out :: Collect;
strict :: Inject -> s :: StripEtherVLANHeader(-1) -> tagged :: Collect;
s[1] -> not :: Collect;
//% do
// push in 020202020202010101010101810000010800aa 0202020202020101010101010800ab
// push strict 020202020202010101010101810000010800aa 0202020202020101010101010800ab 0102
//% expect
// out 0ms aa
// out 0ms ab
// tagged 0ms aa
// not 0ms 0202020202020101010101010800ab
// not 0ms 0102
