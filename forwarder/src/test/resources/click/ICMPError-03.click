//% info
// ICMPError: the source route goes back (Click's test), redirects, parameter problems, bad addresses.
in :: Inject -> MarkIPHeader -> ICMPError(19.19.19.19, timeexceeded) -> CheckIPHeader -> CheckICMPHeader -> back :: Collect;
r :: Inject -> CheckIPHeader -> SetIPAddress(1.2.3.4) -> ICMPError(10.0.0.9, redirect, host, BADADDRS 10.0.0.2 10.0.0.3) -> redirect :: Collect;
p :: Inject -> MarkIPHeader -> o :: IPGWOptions(10.0.0.9) -> Discard; o[1] -> ICMPError(10.0.0.9, parameterproblem) -> problem :: Collect;
l :: Inject -> CheckIPHeader -> e :: ICMPError(10.0.0.9, unreachable, RATE 10, BURST 2) -> Discard;
//% do
// push in 4a00003c0000000000060000121a042c0a00000889130c80042d3c8004313d0102030405060708000014005000000000000000005000000000000000
// push r udp:10.0.0.1:10.0.0.4:9 udp:10.0.0.1:10.0.0.2:9 udp:10.0.0.3:10.0.0.4:9
// push p 46000020000100004011d7c10a0000010a0000020703000004d2162e000c0000
// push l udp:10.0.0.1:10.0.0.4:9 udp:10.0.0.1:10.0.0.4:9 udp:10.0.0.1:10.0.0.4:9
// read e.count
// read e.limited
// run 100ms
// push l udp:10.0.0.1:10.0.0.4:9
// read e.count
// read e.limited
//% expect
// back 0ms 48c000640000000040012b0413131313121a042c890b048004313d80042d3c000b000e89000000004a00003c0000000000060000121a042c0a00000889130c80042d3c8004313d0102030405060708000014005000000000000000005000000000000000
// redirect 0ms 45c0003800000000400165fc0a0000090a0000010501eb38010203044500001c0001000009119dcc0a0000010a00000403e807d000080000
// problem 0ms 45c0003c00000000400165f80a0000090a0000010c0049f91600000046000020000100004011d7c10a0000010a0000020703000004d2162e000c0000
// 2
// 1
// 3
// 1
