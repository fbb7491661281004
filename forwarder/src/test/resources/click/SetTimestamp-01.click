//% info
// SetTimestamp takes the time that it is given, or the clock's.
in :: Inject -> SetTimestamp(1199145600.25) -> Print(TIMESTAMP true) -> SetTimestamp
    -> Print(TIMESTAMP true) -> Discard;
//% do
// run 20ms
// push in 0a
//% expect
// 1199145600.250000:    1 | 0a
// 0.020000:    1 | 0a
