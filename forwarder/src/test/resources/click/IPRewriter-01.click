//% info
// IPRewriter as a NAPT: ports in turn, replies rewritten back, strangers dropped.
in, out :: Inject;
in -> CheckIPHeader -> [0]rw :: IPRewriter(pattern 1.0.0.1 1024-65535# - - 0 1, drop);
out -> CheckIPHeader -> [1]rw;
rw[0] -> CheckIPHeader -> CheckUDPHeader -> outside :: Collect;
rw[1] -> CheckIPHeader -> CheckUDPHeader -> inside :: Collect;
//% do
// push in udp:10.0.0.1:10.9.0.2:9
// push out 4500001c000100000911a6c50a0900020100000107d0040000080000
// push out 4500001c000100000911a6c50a0900020100000107d0040100080000
// read rw.table
// read rw.table_size
// read rw.patterns
// read rw.capacity
// read rw.udp_lookup 10.0.0.1 1000 10.9.0.2 2000
// run 901s
// read rw.size
//% expect
// outside 0ms 4500001c000100000911a6c5010000010a090002040007d000080000
// inside 0ms 4500001c0001000009119dc50a0900020a00000107d003e800080000
// (10.0.0.1, 1000, 10.9.0.2, 2000) => (1.0.0.1, 1024, 10.9.0.2, 2000) [*0 1] i0 exp300.000
// (10.9.0.2, 2000, 1.0.0.1, 1024) => (10.9.0.2, 2000, 10.0.0.1, 1000) [0 *1] i0 exp300.000
// 1
// 1.0.0.1 1024-65535 - - [1]
// <drop>
// 65536 50
// 1.0.0.1 1024 10.9.0.2 2000
// 0
