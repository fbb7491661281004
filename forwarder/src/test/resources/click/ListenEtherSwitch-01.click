//% info
// ListenEtherSwitch shows all frames at its last output.
a :: Inject -> s :: ListenEtherSwitch -> outa :: Collect;
b :: Inject -> [1]s[1] -> outb :: Collect;
s[2] -> all :: Collect;
//% do
// push a 0200000000020200000000010800aa 0a
// push b 0200000000010200000000020800aa
// read s.drops
//% expect
// outb 0ms 0200000000020200000000010800aa
// all 0ms 0200000000020200000000010800aa
// all 0ms 0a
// outa 0ms 0200000000010200000000020800aa
// all 0ms 0200000000010200000000020800aa
// 1
