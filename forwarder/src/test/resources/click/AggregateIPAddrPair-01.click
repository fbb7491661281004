//% info
// AggregateIPAddrPair gives both directions between two addresses one number.
in :: Inject -> MarkIPHeader -> p :: AggregateIPAddrPair -> s :: PaintSwitch;
s[0] -> a :: AggregateCounter -> there :: Counter -> Discard; s[1] -> b :: AggregateCounter -> back :: Counter -> Discard;
p[1] -> other :: Collect;
//% do
// push in udp:10.0.0.1:10.0.0.2:64 udp:10.0.0.2:10.0.0.1:64 udp:10.0.0.3:10.0.0.2:64 01
// read p.pairs
// read there.count
// read back.count
// write a.write_text_file -
// write p.clear
// push in udp:10.0.0.2:10.0.0.1:64
// write a.write_text_file -
//% expect
// other 0ms 01
// 2
// 2
// 1
// !num_aggregates 2
// 1 1
// 2 1
// !num_aggregates 3
// 1 1
// 2 1
// 3 1
