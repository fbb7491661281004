//% info
// EtherRewrite keeps the type.
in :: Inject -> e :: EtherRewrite(1:1:1:1:1:1, 2:2:2:2:2:2) -> out :: Collect;
//% do
// push in 02000000000202000000000186ddaa 020000000002
// read e.drops
//% expect
// out 0ms 02020202020201010101010186ddaa
// 1
