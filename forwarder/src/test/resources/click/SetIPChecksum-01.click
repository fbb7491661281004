//% info
// SetIPChecksum computes the checksum.
in :: Inject -> MarkIPHeader -> s :: SetIPChecksum -> out :: Collect;
//% do
// push in 4500001c00010000401100000a0000010a00000204d2162e00080000 4600
// read s.drops
//% expect
// out 0ms 4500001c00010000401166ce0a0000010a00000204d2162e00080000
// 1
