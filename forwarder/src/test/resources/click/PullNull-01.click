//% info
// PullNull makes its path pull: Discard has a task there.
InfiniteSource("x", LIMIT 3) -> PullNull -> d :: Discard;
//% do
// run 1ns
// read d.count
// read d.scheduled
//% expect
// 3
// false
