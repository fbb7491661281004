//% info
// EraseIPPayload leaves headers, and packets of other protocols, as they are.
in :: Inject -> MarkIPHeader -> EraseIPPayload -> Strip(20) -> out :: Collect;
//% do
// push in 450000200000000040110000010000010100000203e807d0000c0000aabbccdd 4500001800000000405900000100000101000002aabbccdd
//% expect
// out 0ms 03e807d0000c000000000000
// out 0ms aabbccdd
