//% info
// SocketEgress needs sockets, which virtual time has not.
Idle -> SocketEgress(10.77.0.9) -> Discard;
//% do
//% expect
// 'SocketEgress@2 :: SocketEgress': it needs sockets, which the virtual world has not
