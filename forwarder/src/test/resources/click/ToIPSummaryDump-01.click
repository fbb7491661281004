//% info
// ToIPSummaryDump writes a line a packet and passes packets on.
in :: Inject -> a :: ToIPSummaryDump(/dev/null, FIELDS timestamp ip_src "ip dst" tcp_flags) -> out :: Collect;
//% do
// push in udp:10.0.0.1:10.0.0.2:64 00
// read a.count
// read a.errors
//% expect
// out 0ms udp:10.0.0.1:10.0.0.2:64
// out 0ms 00
// 2
// 0
