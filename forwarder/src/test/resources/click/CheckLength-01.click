//% info
// CheckLength tells long packets from short ones.
in :: Inject -> c :: CheckLength(2) -> short :: Collect;
c[1] -> long :: Collect;
//% do
// push in 01 0102 010203
// write c.length 3
// push in 010203
//% expect
// short 0ms 01
// short 0ms 0102
// long 0ms 010203
// short 0ms 010203
