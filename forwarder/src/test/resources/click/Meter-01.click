//% info
// Meter sends the whole stream to output 1 when it has become faster than 50 packets a second.
InfiniteSource -> Queue(10) -> u :: RatedUnqueue(20) -> m :: Meter(50) -> slow :: Counter -> Discard;
m[1] -> fast :: Counter -> Discard;
//% do
// run 995ms
// read slow.count
// read fast.count
// write u.rate 1000
// run 2s
// write slow.reset x
// write fast.reset x
// run 1s
// read slow.count
// read fast.count
// read m.meters
//% expect
// 20
// 0
// 0
// 1000
// 50
