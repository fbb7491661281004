//% info
// StoreData writes what fits into the packet, and into its own copy only.
in :: Inject -> t :: Tee -> StoreData(1, \<aa bb>) -> a :: Collect; t[1] -> b :: Collect;
//% do
// push in 01020304 0102 01
//% expect
// a 0ms 01aabb04
// a 0ms 01aa
// a 0ms 01
// b 0ms 01020304
// b 0ms 0102
// b 0ms 01
