//% info
// ICMPIPEncap: Click's test, and names.
a :: Inject -> ICMPIPEncap(1.0.0.1, 1.0.0.1, TYPE 8, CODE 0, IDENTIFIER 7) -> o :: Collect;
b :: Inject -> ICMPIPEncap(1.0.0.2, 1.0.0.2, unreachable, host) -> CheckIPHeader -> CheckICMPHeader -> IPPrint(TIMESTAMP false) -> o;
c :: Inject -> e :: ICMPIPEncap(1.0.0.3, 1.0.0.3, TYPE 5, CODE 3) -> o;
//% do
// push a 0a 0b
// push b 0a
// push c 0a
// write e.dst 1.0.0.4
// read e.dst
//% expect
// o 0ms 4500001d00000000400178df01000001010000010800edf8000700000a
// o 0ms 4500001d00010000400178de01000001010000010800ecf7000700010b
// 1.0.0.2 > 1.0.0.2: icmp unreachable host
// o 0ms 4500001d00000000400178dd01000002010000020301f2fe000000000a
// o 0ms 4500001d00000000400178db01000003010000030503f0fc000000000a
// 1.0.0.4
