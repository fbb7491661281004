//% info
// EtherMirror swaps the addresses.
in :: Inject -> e :: EtherMirror -> out :: Collect;
//% do
// push in 0200000000020200000000010800aa 02000000000202000000000108
// read e.drops
//% expect
// out 0ms 0200000000010200000000020800aa
// 1
