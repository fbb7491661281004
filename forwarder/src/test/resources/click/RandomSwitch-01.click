//% info
// RandomSwitch sends each packet somewhere.
in :: Inject -> r :: RandomSwitch -> a :: Counter -> all :: Counter -> Discard;
r[1] -> b :: Counter -> all;
//% do
// push in 01 02 03 04 05 06 07 08
// read all.count
//% expect
// 8
