//% info
// SetIPDSCP sets the code point, and leaves congestion bits and checksum right.
in :: Inject -> CheckIPHeader -> s :: SetIPDSCP(DSCP 10) -> CheckIPHeader -> out :: Collect;
//% do
// read s.dscp
// push in udp:10.0.0.1:10.0.0.2:9
// write s.dscp 2
// read s.dscp
// write s.dscp 64
// push in udp:10.0.0.1:10.0.0.2:9
//% expect
// 10
// out 0ms 4528001c0001000009119da60a0000010a00000203e807d000080000
// 2
// 520 64 is outside 0 to 63
// out 0ms 4508001c0001000009119dc60a0000010a00000203e807d000080000
