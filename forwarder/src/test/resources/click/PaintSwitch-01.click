//% info
// PaintSwitch sends packets where their paint says: 255 everywhere, what has no output nowhere.
in :: Inject -> p :: Paint(1) -> s :: PaintSwitch -> a :: Collect;
s[1] -> b :: Collect;
//% do
// push in 01
// write p.color 0
// push in 02
// write p.color 255
// push in 03
// write p.color 2
// push in 04
// read s.drops
//% expect
// b 0ms 01
// a 0ms 02
// a 0ms 03
// b 0ms 03
// 1
