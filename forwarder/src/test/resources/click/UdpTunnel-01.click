//% info
// UdpTunnel says what is wrong with its arguments.
Idle -> a :: UdpTunnel(127.77.0.1) -> Discard;
Idle -> b :: UdpTunnel(127.77.0.1:4001, 127.77.0.2:70000) -> Discard;
Idle -> c :: UdpTunnel(127.77.0.1:4001, 127.77.0.2:4002, MTU 20) -> Discard;
//% do
//% expect
// 'a :: UdpTunnel': LOCAL: '127.77.0.1' is not an address and a port like 127.77.0.1:4001
// 'b :: UdpTunnel': REMOTE: '127.77.0.2:70000' is not an address and a port like 127.77.0.1:4001
// 'c :: UdpTunnel': MTU 20 is outside 68-65507
