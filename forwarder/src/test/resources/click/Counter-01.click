//% info
// Counter counts packets and bytes.
in :: Inject -> c :: Counter -> out :: Collect;
//% do
// push in 0a 0b0c
// read c.count
// read c.byte_count
// write c.reset
// read c.count
//% expect
// out 0ms 0a
// out 0ms 0b0c
// 2
// 3
// 0
