//% info
// BandwidthMeter sends the whole stream to output 1 when it has become more than 20 kB/s.
InfiniteSource(LENGTH 100) -> Queue(10) -> u :: RatedUnqueue(100)
    -> m :: BandwidthMeter(20kBps, 80kBps) -> slow :: Counter -> Discard;
m[1] -> fast :: Counter -> Discard;
m[2] -> faster :: Counter -> Discard;
//% do
// run 995ms
// read slow.count
// read fast.count
// write u.rate 500
// run 2s
// write fast.reset x
// run 1s
// read fast.count
// read faster.count
// read m.meters
//% expect
// 101
// 0
// 500
// 0
// 20000
// 80000
