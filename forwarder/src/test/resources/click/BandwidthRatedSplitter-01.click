//% info
// BandwidthRatedSplitter lets packets go on at RATE, also when more come, and diverts the others.
InfiniteSource(LENGTH 100) -> Queue(10) -> BandwidthRatedUnqueue(RATE 2000Bps)
    -> s1 :: BandwidthRatedSplitter(RATE 200Bps) -> c1 :: Counter -> Discard;
s1[1] -> o1 :: Counter -> Discard;
InfiniteSource(LENGTH 100) -> Queue(10) -> BandwidthRatedUnqueue(RATE 2000Bps)
    -> s2 :: BandwidthRatedSplitter(RATE 200Bps, BURST_BYTES 5000) -> c2 :: Counter -> Discard;
InfiniteSource(LENGTH 100) -> Queue(10) -> BandwidthRatedUnqueue(RATE 20000Bps)
    -> s4 :: BandwidthRatedSplitter(RATE 10000Bps, BURST_BYTES 100) -> c4 :: Counter -> Discard;
//% do
// run 9999ms
// read c1.count
// read o1.count
// read c2.count
// read c4.count
// read s1.rate
//% expect
// 21
// 180
// 70
// 1001
// 200Bps
