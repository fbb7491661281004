//% info
// MarkMACHeader tells StripToNetworkHeader where the network header is.
in :: Inject -> m :: MarkMACHeader(1, 2) -> s :: StripToNetworkHeader -> out :: Collect;
//% do
// push in 01020304 010203 0102
// read s.drops
//% expect
// out 0ms 04
// out 0ms 
// 1
