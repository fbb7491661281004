//% info
// Truncate cuts packets off, and how much can be changed.
in :: Inject -> t :: Truncate(2) -> out :: Collect;
//% do
// push in 010203 01
// write t.nbytes 1
// push in 010203
// read t.nbytes
//% expect
// out 0ms 0102
// out 0ms 01
// out 0ms 01
// 1
