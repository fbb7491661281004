//% info
// SetIP6Address sets the annotation by which the table looks.
in :: Inject -> SetIP6Address(fd00:1::9) -> rt :: LookupIP6Route(fd00:1::/32 1, ::/0 0) -> other :: Collect;
rt[1] -> out :: Collect;
//% do
// push in 0a
//% expect
// out 0ms 0a
