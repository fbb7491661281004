//% info
// Unstrip brings back what Strip has cut off, also in a copy that Tee made.
in :: Inject -> Strip(3) -> t :: Tee -> Unstrip(2) -> a :: Collect;
t[1] -> Unstrip(3) -> b :: Collect;
//% do
// push in 01020304
//% expect
// a 0ms 020304
// b 0ms 01020304
