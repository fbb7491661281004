//% info
// It waits for the first wish to stop, then for a tenth of a second, and then ends the run.
InfiniteSource(LIMIT 3, STOP true) -> c :: Counter -> Discard;
DriverManager(pause, print c.count, wait 0.1s, print "over");
//% do
// run 50ms
// run 100ms
//% expect
// 3
// over
// (stopped)
