//% info
// UDPRewriter makes a flow of addresses and ports; streaming flows stay longer.
in :: Inject -> CheckIPHeader -> [0]rw :: UDPRewriter(pattern 1.0.0.1 1024-65535# - - 0 1, drop, TIMEOUT 10, STREAMING_TIMEOUT 20, REAP_INTERVAL 1);
Idle -> [1]rw;
rw[0] -> outside :: Collect;
rw[1] -> inside :: Collect;
//% do
// push in udp:10.0.0.1:10.0.0.2:9
// read rw.mappings
// run 12s
// read rw.table_size
//% expect
// outside 0ms 4500001c000100000911a6ce010000010a000002040007d000080000
// (10.0.0.1, 1000, 10.0.0.2, 2000) => (1.0.0.1, 1024, 10.0.0.2, 2000) [*0 1] i0 exp10.000
// (10.0.0.2, 2000, 1.0.0.1, 1024) => (10.0.0.2, 2000, 10.0.0.1, 1000) [0 *1] i0 exp10.000
// 0
