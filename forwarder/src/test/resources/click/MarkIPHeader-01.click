//% info
// MarkIPHeader says where a header is, and checks nothing.
in :: Inject -> MarkIPHeader(2) -> DecIPTTL -> out :: Collect;
//% do
// push in ffff4500001c00010000401166ce0a0000010a00000204d2162e00080000
//% expect
// out 0ms ffff4500001c000100003f1167ce0a0000010a00000204d2162e00080000
