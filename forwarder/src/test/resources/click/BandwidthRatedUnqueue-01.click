//% info
// BandwidthRatedUnqueue with buckets of different sizes; they are full at first.
InfiniteSource(LENGTH 100) -> Queue(10)
    -> u :: BandwidthRatedUnqueue(RATE 200Bps) -> c1 :: Counter -> Discard;
InfiniteSource(LENGTH 100) -> Queue(10)
    -> BandwidthRatedUnqueue(RATE 200Bps, BURST_BYTES 5000) -> c2 :: Counter -> Discard;
InfiniteSource(LENGTH 100) -> Queue(10)
    -> BandwidthRatedUnqueue(RATE 200Bps, BURST_DURATION 25) -> c3 :: Counter -> Discard;
InfiniteSource(LENGTH 100) -> Queue(10)
    -> BandwidthRatedUnqueue(RATE 10000Bps, BURST_BYTES 100) -> c4 :: Counter -> Discard;
//% do
// run 10s
// read c1.count
// read c2.count
// read c3.count
// read c4.count
// read u.rate
//% expect
// 21
// 71
// 71
// 1002
// 200Bps
