//% info
// RoundRobinIPMapper spreads flows over its patterns; Click's own example.
r :: RoundRobinIPMapper(- - - - 0 0, - - - - 1 0, - - - - 2 0);
in :: Inject -> CheckIPHeader -> rw :: IPRewriter(r);
rw[0] -> zero :: Collect;
rw[1] -> one :: Collect;
rw[2] -> two :: Collect;
//% do
// push in udp:1.0.0.1:1.0.0.2:9 udp:1.0.0.1:1.0.0.3:9 udp:1.0.0.1:1.0.0.2:9
// push in udp:1.0.0.1:1.0.0.4:9 udp:1.0.0.1:1.0.0.5:9 udp:1.0.0.1:1.0.0.3:9
//% expect
// zero 0ms udp:1.0.0.1:1.0.0.2:9
// zero 0ms udp:1.0.0.1:1.0.0.2:9
// one 0ms udp:1.0.0.1:1.0.0.3:9
// zero 0ms udp:1.0.0.1:1.0.0.5:9
// one 0ms udp:1.0.0.1:1.0.0.3:9
// two 0ms udp:1.0.0.1:1.0.0.4:9
