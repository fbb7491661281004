//% info
// AlignmentInfo takes anything.
AlignmentInfo(c 4 2); in :: Inject -> c :: Null -> out :: Collect;
//% do
// push in 0a
//% expect
// out 0ms 0a
