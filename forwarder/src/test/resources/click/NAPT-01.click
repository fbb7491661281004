//% info
// NAPT: a port of its own for each port of the inside, whomever that speaks to; a look at the table.
in, out :: Inject;
in -> CheckIPHeader -> [0]nat :: NAPT(192.0.2.1, PORTS 20000-20000, INSIDE 10.0.0.0/8, IP_ID false, LOG 9);
out -> CheckIPHeader -> [1]nat;
nat[0] -> CheckIPHeader -> CheckUDPHeader -> outside :: Collect;
nat[1] -> CheckIPHeader -> inside :: Collect;
//% do
// push in udp:10.0.0.1:10.9.0.2:9
// push out 4500001c000100000911e5c40a090002c000020107d04e2000080000
// push in udp:172.16.0.1:10.9.0.2:9
// read nat.table
// read nat.users
// read nat.lookup udp 10.0.0.1 1000
// read nat.who udp 192.0.2.1 20000
// run 301s
// read nat.nmappings
// read nat.log
//% expect
// outside 0ms 4500001c000100000911e5c4c00002010a0900024e2007d000080000
// inside 0ms 4500001c0001000009119dc50a0900020a00000107d003e800080000
// udp 10.0.0.1:1000 => 192.0.2.1:20000, ends in 300.000 s
// 10.0.0.1 sessions 1 address 192.0.2.1 refused 0
// 192.0.2.1:20000
// 10.0.0.1:1000
// 0
// 0 1970-01-01T00:00:00Z begin udp 10.0.0.1:1000 192.0.2.1:20000
// 1 1970-01-01T00:05:00Z end udp 10.0.0.1:1000 192.0.2.1:20000
