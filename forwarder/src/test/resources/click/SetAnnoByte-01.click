//% info
// SetAnnoByte sets a byte by its place; that of the paint is 16.
in :: Inject -> s :: SetAnnoByte(16, 3) -> SetAnnoByte(PAINT, 4) -> CheckPaint(4)
    -> SetAnnoByte(47, 255) -> Print(a, 0, PRINTANNO true) -> out :: Collect;
//% do
// push in 0a
// read s.anno
// read s.value
// write s.value 256
//% expect
// a:    1 | 0000000000000000000000000000000004000000000000000000000000000000000000000000000000000000000000ff
// out 0ms 0a
// 16
// 3
// 520 256 is outside 0 to 255
