//% info
// RandomSample drops none, all, or sends what it does not sample to output 1.
in :: Inject -> r :: RandomSample(1) -> s :: RandomSample(DROP 0) -> out :: Collect;
r[1] -> others :: Collect;
//% do
// push in 01
// write r.drop_prob 100%
// push in 02
// read r.drops
// read r.sampling_prob
// write r.active false
// push in 03
// write r.drop_prob 2
//% expect
// out 0ms 01
// others 0ms 02
// 1
// 0
// out 0ms 03
// 520 '2' is outside 0 to 1
