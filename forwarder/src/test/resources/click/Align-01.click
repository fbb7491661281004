//% info
// Align lets packets pass.
in :: Inject -> Align(4, 2) -> out :: Collect;
//% do
// push in 0a
//% expect
// out 0ms 0a
