//% info
// TimedSink pulls a packet an interval, and keeps the pace when there is none.
in :: Inject -> q :: Queue -> t :: TimedSink(10ms);
//% do
// push in 01 02 03
// run 25ms
// read q.length
// read t.interval
// write t.interval 0.001
// run 2ms
// read q.length
// read t.count
//% expect
// 1
// 0.01
// 0
// 3
