InfiniteSource(LIMIT 9) -> t :: Tee(3) -> Queue(3) -> p :: PrioSched -> LinkUnqueue(3ms, 1Mbps) -> Discard;
t[1] -> RED(1, 2, 0.5) -> FrontDropQueue(2) -> CoDel -> [1]p; t[2] -> BandwidthMeter(1kbps)[0,1] => Discard, Idle;
