//% info
// Pad puts back what Truncate has cut off, as zeros; with a length it fills up.
in :: Inject -> t :: Tee -> Truncate(2) -> Pad -> a :: Collect;
t[1] -> Truncate(2) -> Pad(3) -> b :: Collect;
t[2] -> Pad(3) -> c :: Collect;
t[3] -> Truncate(2, EXTRA_LENGTH false) -> Pad -> d :: Collect;
//% do
// push in 01020304
//% expect
// a 0ms 01020000
// b 0ms 010200
// c 0ms 01020304
// d 0ms 0102
