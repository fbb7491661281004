//% info
// The virtual world has no sockets, and a type is TCP or UNIX.
ControlSocket(TCP, 0);
ControlSocket(SCTP, 7);
//% do
// run 1ms
//% expect
// 'ControlSocket@2 :: ControlSocket': TYPE: 'SCTP' is not TCP or UNIX
