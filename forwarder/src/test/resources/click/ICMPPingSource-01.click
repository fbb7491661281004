//% info
// ICMPPingSource sends requests and reports the replies.
p :: ICMPPingSource(1.0.0.1, 2.0.0.2, INTERVAL 0.5, LIMIT 2, STOP true, DATA "abc") -> CheckIPHeader -> ICMPPingResponder -> link :: Link(DELAY 20ms) -> CheckIPHeader -> p;
//% do
// run 100ms
// read p.count
// read p.summary
// run 1s
// read p.summary
// read p.rtt_min
// read p.rtt_avg
// write p.active false
// write p.limit 3
// run 1s
// read p.count
// write p.active true
// run 1ms
// read p.count
//% expect
// p: 11 bytes from 2.0.0.2: icmp_seq=0 ttl=64 time=20.000 ms
// 1
// 1 packets transmitted, 1 received, 0% packet loss
// rtt min/avg/max/mdev = 20.000/20.000/20.000/0.000 ms
// (stopped)
// p: 11 bytes from 2.0.0.2: icmp_seq=1 ttl=64 time=20.000 ms
// 2 packets transmitted, 2 received, 0% packet loss
// rtt min/avg/max/mdev = 20.000/20.000/20.000/0.000 ms
// 0.020000
// 0.020000
// 2
// 3
