//% info
// AggregateIP takes the top byte of the source address; what is no IP packet leaves by output 1.
in :: Inject -> a :: AggregateIP(ip src/8) -> ac :: AggregateCounter -> Discard;
a[1] -> others :: Collect;
//% do
// push in udp:10.0.0.1:10.0.0.2:64 udp:10.9.0.1:10.0.0.2:64 udp:192.168.0.1:10.0.0.2:64 45
// write ac.write_text_file -
// read a.header
// read a.bit_offset
// read a.bit_length
//% expect
// others 0ms 45
// !num_aggregates 2
// 10 2
// 192 1
// ip
// 96
// 8
