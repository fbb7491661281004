//% info
// PullTee pushes a copy of each packet that is pulled.
in :: Inject -> Queue -> t :: PullTee(2) -> Unqueue -> a :: Collect;
t[1] -> b :: Collect;
//% do
// push in 0a 0b
// run 1ns
//% expect
// a 0ms 0a
// a 0ms 0b
// b 0ms 0a
// b 0ms 0b
