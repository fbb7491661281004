//% info
// Names of PortInfo, of a line of /etc/services, and of usual services, in a filter.
PortInfo(mine 5555/udp, other 6666/tcp second third # a comment);
in :: Inject -> CheckIPHeader -> c :: IPClassifier(dst udp port mine, dst udp port ntp, -)
    -> a :: Collect; c[1] -> b :: Collect; c[2] -> Discard;
f :: IPClassifier(dst tcp port third, -); Idle -> f; f[0] -> Discard; f[1] -> Discard;
//% do
// push in 4500001c00010000401166ce0a0000010a000002000115b300080000
// push in 4500001c00010000401166ce0a0000010a0000020001007b00080000
//% expect
// a 0ms 4500001c00010000401166ce0a0000010a000002000115b300080000
// b 0ms 4500001c00010000401166ce0a0000010a0000020001007b00080000
