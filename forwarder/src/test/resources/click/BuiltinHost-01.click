//% info
// BuiltinHost answers an ICMP echo to its address, and not one to another address.
in :: Inject -> host :: BuiltinHost(10.0.0.2) -> CheckIPHeader -> out :: Counter -> Discard;
//% do
// push in 4500001c00010000400166de0a0000010a0000020800f7fd00010001
// run 1ms
// read out.count
// push in 4500001c00010000400166dd0a0000010a0000030800f7fd00010001
// run 1ms
// read out.count
//% expect
// 1
// 1
