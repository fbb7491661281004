//% info
// The virtual world has no sockets; keywords and ports are checked before that.
ChatterSocket(TCP, 7777+, CHANNEL loud, QUIET_CHANNEL false, GREETING false, RETRIES 3);
ChatterSocket(TCP, 70000+);
ChatterSocket(UNIX);
//% do
// run 1ms
//% expect
// 'ChatterSocket@2 :: ChatterSocket': PORT: 70000 is outside 0 to 65535
// 'ChatterSocket@3 :: ChatterSocket': missing argument FILENAME
