//% info
// Punt takes OSPF to the router's groups and addresses out of the rest.
in :: Inject -> CheckIPHeader -> punt :: Punt(10.77.128.1);
punt[0] -> rest :: Collect;
punt[1] -> router :: Collect;
//% do
// push in ospf:10.77.128.2:224.0.0.5 ospf:10.77.128.2:10.77.128.1 ospf:10.77.128.2:10.77.0.9
// push in udp:10.77.128.2:224.0.0.5:1
//% expect
// rest 0ms ospf:10.77.128.2:10.77.0.9
// router 0ms ospf:10.77.128.2:224.0.0.5
// router 0ms ospf:10.77.128.2:10.77.128.1
// rest 0ms udp:10.77.128.2:224.0.0.5:1
