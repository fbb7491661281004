// A node with two neighbours.
require(package userlevel);
define($me 10.77.0.3, $delay 2.02ms);
fib    :: RadixIPLookup($me/32 0, 10.77.128.10/32 - 1, 0.0.0.0/0 2);
encap  :: StaticIPLookup(10.77.128.10/32 0, 10.77.128.14/32 1);     // next hop, link
arrive :: CheckIPHeader;
elementclass Ttl { $from | input -> ttl :: DecIPTTL -> output;
  ttl [1] -> ICMPError($from, timeexceeded) -> [1] output }
Idle -> Paint(0) -> arrive -> fib; /* in */ fib[0] -> Discard;
fib [1] -> ttl :: Ttl($me) -> encap; ttl [1] -> Discard;
fib [2] -> ICMPError($me, unreachable, net) -> Paint(255) -> fib;
encap => Link(DELAY $delay), Link(DELAY 8.82ms) -> Discard;
