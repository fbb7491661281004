//% info
// NotifierQueue tells who pulls that it is empty, but not who pushes that it is full.
s :: InfiniteSource("x", LIMIT 5) -> q :: NotifierQueue(3) -> Puller;
//% do
// run 1ms
// read q.length
// read q.drops
//% expect
// 3
// 2
