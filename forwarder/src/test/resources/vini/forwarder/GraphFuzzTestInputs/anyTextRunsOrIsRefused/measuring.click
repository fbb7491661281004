s :: RatedSource(LENGTH 60, RATE 50) -> SetTimestamp -> MarkIPHeader -> AggregateIP(ip src/24) -> f :: AggregateIPFlows
-> AverageCounter -> TimeFilter(START 1, END 3) -> RandomSample(0.5) -> RandomBitErrors(0.01) -> Burster(9ms) -> Discard;
define($x 3); Idle -> Meter($x) => [0] h :: Hub, [1] h; h[0] -> Discard; h[1] -> HashSwitch(0, 4) => Discard, Discard;
