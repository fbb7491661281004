//% info
// IPFragmenter: what must not be fragmented goes to output 1, and is told five times.
in :: Inject -> CheckIPHeader -> fr :: IPFragmenter(28) -> out :: Collect; fr[1] -> e :: ICMPError(10.0.0.9, unreachable, needfrag, PMTU 28) -> error :: Collect;
//% do
// push in 4500001e00014000401126cc0a0000010a00000204d2162e000a0000abcd
// push in udp:10.0.0.1:10.0.0.2:9
// read fr.drops
//% expect
// fr: 10.0.0.1 > 10.0.0.2 needs fragments, but must not have them
// error 0ms 45c0003a00000000400165fa0a0000090a000001030436080000001c4500001e00014000401126cc0a0000010a00000204d2162e000a0000abcd
// out 0ms udp:10.0.0.1:10.0.0.2:9
// 1
