//% info
// IPInputCombo paints, strips and checks.
in :: Inject -> i :: IPInputCombo(2, INTERFACES 18.26.4.24/24) -> p :: CheckPaint(2) -> rt :: StaticIPLookup(10.0.0.2/32 0); rt[0] -> out :: Collect; p[1] -> Discard;
//% do
// push in 02020202020201010101010108004500001c00010000401166ce0a0000010a00000204d2162e000800000000 02020202020201010101010108004500
// read i.drops
//% expect
// out 0ms 4500001c00010000401166ce0a0000010a00000204d2162e00080000
// 1
