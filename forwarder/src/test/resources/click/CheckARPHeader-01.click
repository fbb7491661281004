//% info
// CheckARPHeader tells the first packet that is unsound, and counts them by reason.
in :: Inject -> c :: CheckARPHeader(14, DETAILS true) -> out :: Collect;
c[1] -> bad :: Collect;
//% do
// push in ffffffffffff020000000001080600010800060400010200000000010a0000010000000000000a000002 ffffffffffff0200000000010806 ffffffffffff020000000001080600000000000000000000000000000000000000000000000000000000
// read c.drops
// read c.drop_details
//% expect
// c: ARP needs 28 bytes, got 0
// out 0ms ffffffffffff020000000001080600010800060400010200000000010a0000010000000000000a000002
// bad 0ms ffffffffffff0200000000010806
// bad 0ms ffffffffffff020000000001080600000000000000000000000000000000000000000000000000000000
// 2
// 1	ARP hardware type wrong, want Ethernet (1)
// 1	ARP needs 28 bytes, wrong
