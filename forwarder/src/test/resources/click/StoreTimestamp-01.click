//% info
// StoreTimestamp writes eight bytes over those that are there, or behind them.
in :: Inject -> SetTimestamp(1.000255) -> t :: Tee -> StoreTimestamp(OFFSET 1) -> a :: Collect;
t[1] -> StoreTimestamp(TAIL true) -> b :: Collect;
//% do
// push in 99 aabbccddeeff00112233
//% expect
// a 0ms 9900000001000000ff
// a 0ms aa00000001000000ff33
// b 0ms 9900000001000000ff
// b 0ms aabbccddeeff0011223300000001000000ff
