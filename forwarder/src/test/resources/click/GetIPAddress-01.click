//% info
// GetIPAddress takes the destination annotation from the packet.
in :: Inject -> GetIPAddress(16) -> rt :: LinearIPLookup(10.0.0.2/32 0, 10.0.0.1/32 1);
src :: Inject -> MarkIPHeader -> GetIPAddress(IP src) -> rt;
rt[0] -> two :: Collect; rt[1] -> one :: Collect;
x :: Inject -> short :: GetIPAddress(16) -> Discard;
//% do
// push in udp:10.0.0.1:10.0.0.2:9
// push src udp:10.0.0.1:10.0.0.2:9
// push x 450000
// read short.drops
//% expect
// two 0ms udp:10.0.0.1:10.0.0.2:9
// one 0ms udp:10.0.0.1:10.0.0.2:9
// 1
