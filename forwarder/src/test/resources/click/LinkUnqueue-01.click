//% info
// LinkUnqueue: 1 kB/s and a latency of 50 ms. A packet of two bytes takes the line for 2 ms.
in :: Inject -> q :: Queue -> l :: LinkUnqueue(50ms, 8kbps) -> out :: Collect;
//% do
// push in 0102 03 04
// run 1ms
// read q.length
// read l.size
// run 100ms
// push in 05
// run 10ms
// write l.reset x
// run 1s
// read l.drops
// read l.latency
// read l.bandwidth
//% expect
// 2
// 1
// out 52ms 0102
// out 53ms 03
// out 54ms 04
// 1
// 50ms
// 1000Bps
