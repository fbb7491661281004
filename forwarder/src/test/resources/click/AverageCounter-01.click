//% info
// AverageCounter: a packet each half second; the first second is ignored in one of them.
in :: InfiniteSource(DATA "abcd") -> Queue(5) -> RatedUnqueue(2, BURST_SIZE 1)
    -> a :: AverageCounter -> b :: AverageCounter(1) -> Discard;
//% do
// read a.rate
// run 10s
// read a.count
// read a.byte_count
// read a.rate
// read a.byte_rate
// read b.count
// read b.rate
// write a.reset x
// read a.count
// read a.rate
//% expect
// 0
// 21
// 84
// 2.000
// 8.000
// 19
// 2.000
// 0
// 0
