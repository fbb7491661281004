//% info
// AdjustTimestamp adds to timestamps that are there.
in :: Inject -> AdjustTimestamp(5) -> Print(TIMESTAMP true) -> SetTimestamp(10)
    -> a :: AdjustTimestamp(-2.5) -> Print(TIMESTAMP true) -> Discard;
//% do
// push in 0a
// read a.time
// write a.time 1ms
// push in 0a
//% expect
// 0.000000:    1 | 0a
// 7.500000:    1 | 0a
// -2.500000
// 0.000000:    1 | 0a
// 10.001000:    1 | 0a
