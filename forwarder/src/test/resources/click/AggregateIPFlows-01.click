//% info
// AggregateIPFlows numbers flows, in both directions; OSPF is of no flow.
in :: Inject -> af :: AggregateIPFlows -> ac :: AggregateCounter -> CheckPaint(0) -> c0 :: Collect;
af[1] -> others :: Collect;
//% do
// push in udp:10.0.0.1:10.0.0.2:64 udp:10.0.0.1:10.0.0.3:64 udp:10.0.0.1:10.0.0.2:64
// push in ospf:10.0.0.1:10.0.0.2
// write ac.write_text_file -
// read af.flows
// write af.clear x
// push in udp:10.0.0.1:10.0.0.2:64
// write ac.write_text_file -
//% expect
// c0 0ms udp:10.0.0.1:10.0.0.2:64
// c0 0ms udp:10.0.0.1:10.0.0.3:64
// c0 0ms udp:10.0.0.1:10.0.0.2:64
// others 0ms ospf:10.0.0.1:10.0.0.2
// !num_aggregates 2
// 1 2
// 2 1
// 2
// c0 0ms udp:10.0.0.1:10.0.0.2:64
// !num_aggregates 3
// 1 2
// 2 1
// 3 1
