//% info
// Link: 28 bytes at 1 Mbps take 224 us; a queue of two holds two.
in :: Inject -> link :: Link(RATE 1Mbps, QUEUE 2) -> out :: Collect;
//% do
// push in udp:10.0.0.1:10.0.0.2:9 udp:10.0.0.1:10.0.0.2:8 udp:10.0.0.1:10.0.0.2:7
// read link.length
// run 10ms
//% expect
// 2
// out 224us udp:10.0.0.1:10.0.0.2:9
// out 448us udp:10.0.0.1:10.0.0.2:8
