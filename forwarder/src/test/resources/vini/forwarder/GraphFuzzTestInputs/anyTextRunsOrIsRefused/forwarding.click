s :: RatedSource(DATA \<4500001c00010000401166ce0a0000010a000002003504d200080000>, RATE 20)
 -> CheckIPHeader -> rt :: RadixIPLookup(10.0.0.0/8 0, 0/0 1.1.1.1 1) -> ttl :: DecIPTTL -> q :: Queue(5)
 -> Shaper(9) -> Unqueue -> Discard; ttl[1] -> ICMPError(1.1.1.1, timeexceeded) -> Discard;
rt[1] -> IPFragmenter(68) -> IPReassembler -> IPPrint -> Discard;
