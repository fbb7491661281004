elementclass Nat { $ip, LIMIT $n | input -> rw :: IPRewriter(pattern $ip 1024-2000# - - 0 1, MAPPING_CAPACITY $n) -> output; rw[1] -> [1]output }
RandomSource(40, LIMIT 5) -> IPEncap(17, 1.0.0.1, 2.0.0.2) -> UDPIPEncap(1.0.0.1, 1, 2.0.0.2, 2) -> n :: Nat(3.0.0.3, LIMIT 2) -> Discard; n[1] -> Discard;
