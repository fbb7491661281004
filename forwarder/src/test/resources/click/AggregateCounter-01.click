//% info
// AggregateCounter counts packets by their aggregates; when it is frozen, new ones go to output 1.
in :: Inject -> AggregateLength -> ac :: AggregateCounter(AGGREGATE_FREEZE 2, COUNT_CALL 4 x.reset)
    -> x :: Counter -> Discard;
ac[1] -> out :: Collect;
//% do
// push in 0102 01
// push in 01
// push in 010203
// read ac.freeze
// read ac.nagg
// read ac.count
// write ac.banner "# two lengths"
// write ac.write_text_file -
// read ac.count_call
// push in 01
// read x.count
// write ac.write_ip_file -
// write ac.counts_pdf x
// write ac.write_text_file -
// write ac.clear x
// read ac.nagg
// write ac.count_call 3
//% expect
// out 0ms 010203
// true
// 2
// 3
// # two lengths
// !num_aggregates 2
// 1 2
// 2 1
// 4 x.reset
// 1
// # two lengths
// !num_aggregates 2
// 0.0.0.1 3
// 0.0.0.2 1
// # two lengths
// !num_aggregates 2
// 1 1
// 3 1
// 0
// 520 '3' is not N HANDLER [VALUE]
