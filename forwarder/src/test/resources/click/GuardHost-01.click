//% info
// GuardHost lets no host speak for the router, nor to groups.
in :: Inject -> CheckIPHeader -> GuardHost -> out :: Collect;
//% do
// push in udp:10.77.0.1:10.77.0.2:64 ospf:10.77.0.1:10.77.128.2 udp:10.77.0.1:224.0.0.9:1
//% expect
// out 0ms udp:10.77.0.1:10.77.0.2:64
