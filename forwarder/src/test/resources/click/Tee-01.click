//% info
// Tee gives each output a copy; who writes to one does not change the others.
in :: Inject -> t :: Tee(3) -> a :: Collect;
t[1] -> Strip(1) -> b :: Collect;
t[2] -> Resize(0, 1) -> c :: Collect;
//% do
// push in 0a0b
//% expect
// a 0ms 0a0b
// b 0ms 0b
// c 0ms 0a0b00
