//% info
// HashSwitch keeps packets together that are alike in its bytes.
in :: Inject -> h :: HashSwitch(1, 2) -> a :: Collect; h[1] -> b :: Collect;
//% do
// push in 00010203 ff0102ee 00
//% expect
// a 0ms 00010203
// a 0ms ff0102ee
// b 0ms 00
