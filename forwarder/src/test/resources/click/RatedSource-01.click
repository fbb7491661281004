//% info
// RatedSource sends at an even rate, at once at first, and stops the run after the last.
s :: RatedSource("ab", 10, 3, STOP true) -> out :: Collect;
p :: RatedSource("xyz", BANDWIDTH 3Bps, LIMIT 2) -> Unqueue -> slow :: Collect;
//% do
// run 50ms
// run 300ms
// read s.count
// run 1s
// write s.rate 1000
// write s.reset 1
// run 1500us
// write s.active false
// run 10ms
// read s.count
//% expect
// out 0ms 6162
// slow 0ms 78797a
// (stopped)
// out 100ms 6162
// out 200ms 6162
// 3
// slow 1s 78797a
// out 1.35s 6162
// out 1.351s 6162
// 2
