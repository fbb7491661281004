//% info
// Shaper lets a packet through each 100 ms; who pulls sleeps in between. A pause is not made up for.
in :: Inject -> q :: Queue -> s :: Shaper(10) -> Unqueue -> out :: Collect;
//% do
// push in 01 02 03
// run 1s
// push in 04 05
// run 150ms
// write s.rate 1000
// push in 06 07
// run 1s
//% expect
// out 0ms 01
// out 100ms 02
// out 200ms 03
// out 1s 04
// out 1.1s 05
// out 1.1505s 06
// out 1.1515s 07
