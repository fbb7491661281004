//% info
// EtherSwitch learns where machines are, and forgets them.
a :: Inject -> s :: EtherSwitch(TIMEOUT 10) -> outa :: Collect;
b :: Inject -> [1]s[1] -> outb :: Collect;
c :: Inject -> [2]s[2] -> outc :: Collect;
//% do
// push a 0200000000020200000000010800aa
// push b 0200000000010200000000020800aa
// push a 0200000000020200000000010800aa 0200000000010200000000090800aa
// read s.table
// run 11s
// push b 0200000000010200000000020800aa
// read s.table
// read s.timeout
// read s.drops
// write s.timeout 0
// push c 0200000000020200000000030800aa
//% expect
// outb 0ms 0200000000020200000000010800aa
// outc 0ms 0200000000020200000000010800aa
// outa 0ms 0200000000010200000000020800aa
// outb 0ms 0200000000020200000000010800aa
// 02-00-00-00-00-01 0
// 02-00-00-00-00-02 1
// 02-00-00-00-00-09 0
// outa 11s 0200000000010200000000020800aa
// outc 11s 0200000000010200000000020800aa
// 02-00-00-00-00-02 1
// 10
// 1
// outb 11s 0200000000020200000000030800aa
