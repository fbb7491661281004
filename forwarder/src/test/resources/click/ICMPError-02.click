//% info
// ICMPError says what is wrong with its arguments.
Idle -> a :: ICMPError(10.0.0, timeexceeded) -> Discard;
Idle -> b :: ICMPError(10.0.0.9, late) -> Discard;
Idle -> c :: ICMPError(10.0.0.9, unreachable, host, SOURCE 1.2.3.4) -> Discard;
//% do
//% expect
// 'a :: ICMPError': SRC: "10.0.0" is not an IPv4 address like 10.77.0.1
// 'b :: ICMPError': TYPE: 'late' is not a whole number
// 'c :: ICMPError': unexpected argument 'SOURCE 1.2.3.4'; it takes SRC, TYPE, CODE, BADADDRS, MTU, PMTU, SET_FIX_ANNO, USE_FIX_ANNO, RATE, BURST
