//% info
// Three stations on a switch, 1 ms of cable each, find each other as on a real Ethernet.
elementclass Station { $ip, $eth |
  input[0] -> CheckIPHeader -> [0]arp :: ARPQuerier($ip, $eth) -> [1]output;
  input[1] -> HostEtherFilter($eth)
    -> c :: Classifier(12/0806 20/0001, 12/0806 20/0002, 12/0800);
  c[0] -> ARPResponder($ip $eth) -> [1]output;
  c[1] -> [1]arp;
  c[2] -> Strip(14) -> [0]output;
}
a :: Station(10.0.0.1, 02:00:00:00:00:01);
b :: Station(10.0.0.2, 02:00:00:00:00:02);
c :: Station(10.0.0.3, 02:00:00:00:00:03);
fromA :: Inject -> [0]a[0] -> toA :: Collect;
fromB :: Inject -> [0]b[0] -> toB :: Collect;
Idle -> [0]c[0] -> toC :: Collect;
s :: EtherSwitch;
a[1] -> Link(DELAY 1ms) -> [0]s[0] -> Link(DELAY 1ms) -> [1]a;
b[1] -> Link(DELAY 1ms) -> [1]s[1] -> Link(DELAY 1ms) -> [1]b;
c[1] -> Link(DELAY 1ms) -> [2]s[2] -> Link(DELAY 1ms) -> [1]c;
//% do
// push fromA udp:10.0.0.1:10.0.0.2:9 udp:10.0.0.1:10.0.0.3:9
// run 20ms
// push fromB udp:10.0.0.2:10.0.0.1:9
// run 20ms
// push fromA udp:10.0.0.1:10.0.0.2:8
// run 20ms
// read a/arp.queries
// read s.table
//% expect
// toB 6ms udp:10.0.0.1:10.0.0.2:9
// toC 6ms udp:10.0.0.1:10.0.0.3:9
// toA 26ms udp:10.0.0.2:10.0.0.1:9
// toB 42ms udp:10.0.0.1:10.0.0.2:8
// 2
// 02-00-00-00-00-01 0
// 02-00-00-00-00-02 1
// 02-00-00-00-00-03 2
