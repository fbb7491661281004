//% info
// PaintTee copies packets of its color to output 1.
in :: Inject -> p :: Paint(7) -> t :: PaintTee(7) -> all :: Collect;
t[1] -> seven :: Collect;
//% do
// push in 0a
// write p.color 8
// push in 0b
// write t.color 8
// push in 0c
// read t.color
//% expect
// all 0ms 0a
// seven 0ms 0a
// all 0ms 0b
// all 0ms 0c
// seven 0ms 0c
// 8
