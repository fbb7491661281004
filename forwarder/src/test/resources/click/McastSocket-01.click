//% info
// McastSocket needs sockets, which virtual time has not.
Idle -> McastSocket(239.0.0.1, 1234);
//% do
//% expect
// 'McastSocket@2 :: McastSocket': it needs a device or a socket, which the virtual world has not
