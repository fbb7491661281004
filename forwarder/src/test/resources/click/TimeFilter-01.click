//% info
// TimeFilter passes what is in its range. At the first packet beyond it a handler extends the range,
// so that this one passes, too; the last is beyond that.
s :: InfiniteSource(ACTIVE false) -> Queue -> d :: DelayUnqueue(0) -> t :: TimeFilter(0, 1, END_CALL t.extend_interval 1)
    -> c :: Counter -> Discard;
t[1] -> o :: Counter -> Discard;
//% do
// write s.limit 2
// write s.active true
// run 1200ms
// write s.limit 3
// run 4s
// read t.end
// write s.limit 4
// run 1s
// read c.count
// read o.count
// read t.start
// read t.end
// read t.interval
//% expect
// 2.000000
// 3
// 1
// 0.000000
// 3.000000
// 3.000000
