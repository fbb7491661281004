//% info
// PortInfo refuses what is no port.
PortInfo(ssh 22, dns 53/udp);
p :: PortInfo(web 80/html); q :: PortInfo(web 65536);
//% do
// run 1ns
//% expect
// 'p :: PortInfo': 'web 80/html' is not NAME PORT[/PROTOCOL]
// 'q :: PortInfo': PORT: 65536 is outside 0 to 65535
