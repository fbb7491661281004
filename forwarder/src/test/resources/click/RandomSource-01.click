//% info
// RandomSource makes packets of random bytes; none of them is a sound IP packet.
s :: RandomSource(64, LIMIT 3, STOP true) -> CheckIPHeader -> out :: Collect;
//% do
// run 1ms
// read s.count
// read s.length
//% expect
// CheckIPHeader@2: bad IP version
// (stopped)
// 3
// 64
