//% info
// TimeRange remembers the earliest and the latest timestamp.
InfiniteSource -> Queue(2) -> RatedUnqueue(2, BURST_SIZE 1) -> Queue -> DelayUnqueue(0)
    -> r :: TimeRange -> Discard;
//% do
// read r.first
// run 1250ms
// read r.range
// write r.reset x
// run 500ms
// read r.first
// read r.interval
//% expect
// 0.0
// 0.000000 1.000000
// 1.500000
// 0.000000
