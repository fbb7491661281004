s :: TimedSource(1ms, \<6000000000083a40fd000000000000000000000000000001fd000000000000000000000000000002 8000000000000000>)
-> CheckIP6Header -> GetIP6Address(24) -> l :: LookupIP6Route(fd00::/16 0, ::/0 fd00::3 1) -> DecIP6HLIM -> IP6Print -> Discard;
l[1] -> ICMP6Error(fd00::ff, unreachable) -> IP6Fragmenter(1280) -> Discard;
