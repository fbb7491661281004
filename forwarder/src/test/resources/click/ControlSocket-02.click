//% info
// The virtual world has no sockets.
c :: ControlSocket(TCP, 0, READONLY true, VERBOSE true, LOCALHOST true, RETRIES 0, RETRY_WARNINGS false);
h :: ChatterSocket(UNIX, /tmp/x);
//% do
// run 1ms
//% expect
// 'h :: ChatterSocket': it needs sockets, which the virtual world has not
// 'c :: ControlSocket': it needs sockets, which the virtual world has not
