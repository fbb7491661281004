//% info
// AggregateLength numbers packets by their length.
in :: Inject -> AggregateLength -> ac :: AggregateCounter -> Discard;
//% do
// push in 01 01 02 0102 010203
// write ac.write_text_file -
//% expect
// !num_aggregates 3
// 1 3
// 2 1
// 3 1
