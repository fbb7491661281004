//% info
// StaticThreadSched is taken in virtual time, too, where there is one thread.
a :: InfiniteSource(LIMIT 10) -> q :: Queue -> b :: Unqueue -> c :: Counter -> Discard;
StaticThreadSched(a 0, b 1);
//% do
// run 1ms
// read c.count
//% expect
// 10
