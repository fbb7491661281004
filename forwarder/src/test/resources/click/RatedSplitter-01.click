//% info
// RatedSplitter lets RATE packets a second go on, also when more come, and diverts the others.
InfiniteSource -> Queue(10) -> RatedUnqueue(10)
    -> s1 :: RatedSplitter(RATE 2) -> c1 :: Counter -> Discard;
s1[1] -> o1 :: Counter -> Discard;
InfiniteSource -> Queue(10) -> RatedUnqueue(10)
    -> s2 :: RatedSplitter(RATE 2, BURST_SIZE 50) -> c2 :: Counter -> Discard;
s2[1] -> Discard;
InfiniteSource -> Queue(10) -> RatedUnqueue(200)
    -> s3 :: RatedSplitter(RATE 100, BURST_SIZE 2) -> c3 :: Counter -> Discard;
//% do
// run 9999ms
// read c1.count
// read o1.count
// read c2.count
// read c3.count
//% expect
// 20
// 80
// 69
// 1001
