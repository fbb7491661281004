//% info
// RandomBitErrors with probability 1 flips, sets or clears every bit.
in :: Inject -> e :: RandomBitErrors(1) -> out :: Collect;
//% do
// push in 0ff1
// write e.error_kind set
// push in 0ff1
// write e.error_kind clear
// push in 0ff1
// write e.active false
// push in 0ff1
// write e.active true
// write e.p_bit_error 0
// push in 0ff1
// write e.error_kind other
//% expect
// out 0ms f00e
// out 0ms ffff
// out 0ms 0000
// out 0ms 0ff1
// out 0ms 0ff1
// 520 'other' is not flip, set or clear
