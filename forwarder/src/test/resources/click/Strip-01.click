//% info
// Strip cuts off the front; what is too short becomes empty.
in :: Inject -> Strip(2) -> out :: Collect;
//% do
// push in 0a0b0c0d 0a0b 0a
//% expect
// out 0ms 0c0d
// out 0ms 
// out 0ms 
