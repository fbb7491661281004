//% info
// SetTimestampDelta counts from the first packet's timestamp, or to now, or from the first timestamp.
in :: Inject -> SetTimestamp -> t :: Tee -> d :: SetTimestampDelta -> Print(range, TIMESTAMP true)
    -> Discard;
t[1] -> SetTimestamp(0.005) -> SetTimestampDelta(TYPE NOW) -> Print(now, TIMESTAMP true) -> Discard;
t[2] -> SetTimestamp(0.004, FIRST true) -> SetTimestampDelta(TYPE FIRST)
    -> Print(first, TIMESTAMP true) -> Discard;
//% do
// run 10ms
// push in 0a
// run 10ms
// push in 0b
// read d.first
// write d.reset
// read d.first
//% expect
// range: 0.000000:    1 | 0a
// now: 0.005000:    1 | 0a
// first: 0.006000:    1 | 0a
// range: 0.010000:    1 | 0b
// now: 0.015000:    1 | 0b
// first: 0.016000:    1 | 0b
// 0.010000
// 0.000000
