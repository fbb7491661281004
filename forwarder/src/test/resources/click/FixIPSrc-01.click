//% info
// FixIPSrc sets the source of errors that ask for it, and of nothing else.
in :: Inject -> CheckIPHeader -> e :: ICMPError(1.1.1.1, timeexceeded) -> FixIPSrc(10.0.0.9) -> CheckIPHeader -> out :: Collect;
other :: Inject -> CheckIPHeader -> FixIPSrc(10.0.0.9) -> same :: Collect;
//% do
// push in udp:10.0.0.1:10.0.0.2:1
// push other udp:10.0.0.1:10.0.0.2:1
//% expect
// out 0ms 45c0003800000000400165fc0a0000090a0000010b00e93f000000004500001c000100000111a5ce0a0000010a00000203e807d000080000
// same 0ms udp:10.0.0.1:10.0.0.2:1
