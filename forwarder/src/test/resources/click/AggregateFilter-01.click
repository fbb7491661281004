//% info
// AggregateFilter sends packets by their aggregate, here their length, and drops the others.
in :: Inject -> AggregateLength -> f :: AggregateFilter(deny 2, 1 3 5-6, allow 0-4);
f[0] -> a :: Collect; f[1] -> b :: Collect;
//% do
// push in 01 0202 030303 04040404 0505050505 060606060606 07070707070707
// read f.drops
//% expect
// a 0ms 01
// a 0ms 04040404
// b 0ms 030303
// b 0ms 0505050505
// b 0ms 060606060606
// 2
