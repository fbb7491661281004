//% info
// RouterPort drops what is for a router that is not there.
in :: Inject -> before :: Counter -> router :: RouterPort(east, west);
router[0] -> east :: Link -> out :: Collect;
router[1] -> west :: Link -> Discard;
//% do
// push in ospf:10.77.128.2:224.0.0.5
// read before.count
//% expect
// 1
