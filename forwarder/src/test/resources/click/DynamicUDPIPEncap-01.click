//% info
// DynamicUDPIPEncap counts its ports up after each INTERVAL packets.
in :: Inject -> e :: DynamicUDPIPEncap(1.0.0.1, 1234, 2.0.0.2, 1234, 1, 2) -> out :: Collect;
//% do
// push in 61 61 61
// read e.sport
//% expect
// out 0ms 4500001d00000000fa11bdcd010000010200000204d204d20009923561
// out 0ms 4500001d00010000fa11bdcc010000010200000204d204d20009923561
// out 0ms 4500001d00020000fa11bdcb010000010200000204d304d30009923361
// 1235
