//% info
// EtherEncap, with Click's own example.
in :: Inject -> e :: EtherEncap(0x0800, 1:1:1:1:1:1, 2:2:2:2:2:2) -> out :: Collect;
//% do
// push in aaabacad
// read e.ethertype
// write e.ethertype 0x0801
// read e.ethertype
// write e.src 02:00:00:00:00:01
// read e.src
// push in aa
//% expect
// out 0ms 0202020202020101010101010800aaabacad
// 2048
// 2049
// 02-00-00-00-00-01
// out 0ms 0202020202020200000000010801aa
