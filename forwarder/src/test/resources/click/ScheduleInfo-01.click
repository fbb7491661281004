//% info
// ScheduleInfo gives tasks their tickets.
a :: InfiniteSource(LIMIT 3000) -> ca :: Counter(COUNT_CALL 2000 b.active false) -> Discard;
b :: InfiniteSource -> cb :: Counter -> Discard;
ScheduleInfo(a 2, b 0.5);
//% do
// run 1ns
// read a.tickets
// read b.tickets
// read ca.count
// read cb.count
//% expect
// 2048
// 512
// 3000
// 500
