//% info
// TimeSortedSched merges two queues by the timestamps of their packets: those of b are the elder ones.
// When all have gone, it stops the run.
b :: InfiniteSource("b", LIMIT 2) -> qb :: Queue -> [1] t;
a :: InfiniteSource("a", LIMIT 2, ACTIVE false) -> qa :: Queue -> [0] t;
t :: TimeSortedSched(STOP true) -> u :: Unqueue(ACTIVE false) -> out :: Collect;
//% do
// run 10ms
// write a.active true
// run 10ms
// write u.active true
// run 10ms
// read t.well_ordered
//% expect
// (stopped)
// out 20ms 62
// out 20ms 62
// out 20ms 61
// out 20ms 61
// true
