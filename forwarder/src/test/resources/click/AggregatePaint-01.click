//% info
// AggregatePaint numbers packets by their paint, or by some of its bits.
in :: Inject -> Paint(13) -> t :: Tee -> AggregatePaint -> a :: AggregateCounter -> Discard;
t[1] -> AggregatePaint(2) -> b :: AggregateCounter -> Discard;
//% do
// push in 01 02
// write a.write_text_file -
// write b.write_text_file -
//% expect
// !num_aggregates 1
// 13 2
// !num_aggregates 1
// 1 2
