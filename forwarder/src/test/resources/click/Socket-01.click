//% info
// Socket needs sockets, which virtual time has not.
Socket(UDP, 0.0.0.0, 5000) -> Discard;
//% do
//% expect
// 'Socket@1 :: Socket': it needs a device or a socket, which the virtual world has not
