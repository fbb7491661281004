//% info
// TimestampAccum adds up the ages of packets.
in :: Inject -> SetTimestamp -> AdjustTimestamp(-0.5, ALL true) -> t :: TimestampAccum -> out :: Collect;
//% do
// push in 01 02
// read t.count
// read t.time
// read t.average_time
// write t.reset_counts
// read t.average_time
//% expect
// out 0ms 01
// out 0ms 02
// 2
// 1.000000
// 0.500000
// 0.000000
