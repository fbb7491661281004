//% info
// SetIPECN takes numbers and names.
a :: Inject -> CheckIPHeader -> SetIPECN(ect1) -> CheckIPHeader -> oa :: Collect;
b :: Inject -> CheckIPHeader -> SetIPECN(ECT(0)) -> CheckIPHeader -> ob :: Collect;
c :: Inject -> CheckIPHeader -> s :: SetIPECN(3) -> CheckIPHeader -> oc :: Collect;
//% do
// push a udp:10.0.0.1:10.0.0.2:9
// push b udp:10.0.0.1:10.0.0.2:9
// push c udp:10.0.0.1:10.0.0.2:9
// write s.ecn no
// read s.ecn
// write s.ecn ect3
//% expect
// oa 0ms 4501001c0001000009119dcd0a0000010a00000203e807d000080000
// ob 0ms 4502001c0001000009119dcc0a0000010a00000203e807d000080000
// oc 0ms 4503001c0001000009119dcb0a0000010a00000203e807d000080000
// 0
// 520 'ect3' is not a whole number
