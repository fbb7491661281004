//% info
// Null passes packets on.
in :: Inject -> Null -> out :: Collect;
//% do
// push in 0a 0b
//% expect
// out 0ms 0a
// out 0ms 0b
