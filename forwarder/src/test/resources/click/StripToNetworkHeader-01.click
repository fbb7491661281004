//% info
// StripToNetworkHeader finds the header that CheckIPHeader has seen, in front or behind.
in :: Inject -> Strip(14) -> CheckIPHeader -> t :: Tee -> Unstrip(14)
    -> StripToNetworkHeader -> a :: Collect;
t[1] -> Strip(20) -> StripToNetworkHeader -> b :: Collect;
//% do
// push in 00000000000000000000000008004500001c00010000401166ce0a0000010a00000204d2162e00080000
//% expect
// a 0ms 4500001c00010000401166ce0a0000010a00000204d2162e00080000
// b 0ms 4500001c00010000401166ce0a0000010a00000204d2162e00080000
