//% info
// ARPQuerier and ARPResponder meet over a link of 5 ms each way.
in :: Inject -> CheckIPHeader -> [0]a :: ARPQuerier(10.0.0.1, 02:00:00:00:00:01);
a -> there :: Link(DELAY 5ms) -> b :: ARPResponder(10.0.0.2 02:00:00:00:00:02);
b[0] -> back :: Link(DELAY 5ms) -> [1]a;
b[1] -> out :: Collect;
//% do
// push in udp:10.0.0.1:10.0.0.2:9
// run 14ms
// read a.length
// run 2ms
// push in udp:10.0.0.1:10.0.0.2:8
// run 5ms
// read a.queries
//% expect
// 0
// out 15ms 02000000000202000000000108004500001c0001000009119dce0a0000010a00000203e807d000080000
// out 21ms 02000000000202000000000108004500001c0001000008119ece0a0000010a00000203e807d000080000
// 1
