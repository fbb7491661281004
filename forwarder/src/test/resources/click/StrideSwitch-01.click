//% info
// StrideSwitch deals packets out by tickets, evenly spread.
in :: Inject -> s :: StrideSwitch(3, 1) -> a :: Collect; s[1] -> b :: Collect;
//% do
// push in 01 02 03 04 05 06 07 08
// read s.tickets0
// write s.tickets0 1
// push in 09 0a
//% expect
// a 0ms 01
// a 0ms 02
// a 0ms 03
// a 0ms 05
// a 0ms 06
// a 0ms 07
// b 0ms 04
// b 0ms 08
// 3
// a 0ms 09
// b 0ms 0a
