//% info
// BandwidthShaper gives each packet the time that its bytes take at RATE.
in :: Inject -> Queue -> s :: BandwidthShaper(8 kbps) -> Unqueue -> out :: Collect;
//% do
// read s.rate
// push in 01 0203 040506 07
// run 1s
//% expect
// 1000Bps
// out 0ms 01
// out 1ms 0203
// out 3ms 040506
// out 6ms 07
