//% info
// Burster pulls BURST packets each INTERVAL.
in :: Inject -> Queue -> b :: Burster(100ms, 2) -> out :: Collect;
i2 :: Inject -> Queue -> c :: Burster(1) -> Discard;
//% do
// push in 01 02 03 04 05
// run 1s
// read b.interval
// read c.burst
//% expect
// out 0ms 01
// out 0ms 02
// out 100ms 03
// out 100ms 04
// out 200ms 05
// 100ms
// 8
