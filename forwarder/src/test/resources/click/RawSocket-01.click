//% info
// RawSocket needs sockets, which virtual time has not.
RawSocket(UDP, 53) -> Discard;
//% do
//% expect
// 'RawSocket@1 :: RawSocket': it needs a device or a socket, which the virtual world has not
