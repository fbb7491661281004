//% info
// PushNull makes its path push.
InfiniteSource("x", LIMIT 2) -> PushNull -> out :: Collect;
//% do
// run 1ns
//% expect
// out 0ms 78
// out 0ms 78
