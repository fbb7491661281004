//% info
// RatedUnqueue with buckets of different sizes; they are full at first.
InfiniteSource -> Queue(10) -> u1 :: RatedUnqueue(RATE 2) -> c1 :: Counter -> Discard;
InfiniteSource -> Queue(10) -> RatedUnqueue(RATE 2, BURST_SIZE 50) -> c2 :: Counter -> Discard;
InfiniteSource -> Queue(10) -> RatedUnqueue(RATE 2, BURST_DURATION 25) -> c3 :: Counter -> Discard;
InfiniteSource -> Queue(10) -> RatedUnqueue(RATE 100, BURST_SIZE 1) -> c4 :: Counter -> Discard;
//% do
// run 9999ms
// read c1.count
// read c2.count
// read c3.count
// read c4.count
// read u1.rate
// write u1.rate 1000
// run 1s
// read c1.count
// write u1.rate 0
// run 10s
// read c1.count
// write u1.rate -1
//% expect
// 20
// 69
// 69
// 1000
// 2
// 1020
// 1020
// 520 -1 is outside 0 to 4000000000
