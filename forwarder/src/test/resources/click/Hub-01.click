//% info
// Hub does not send a packet back by the port that it came by.
zero :: Inject -> h :: Hub -> a :: Collect;
one :: Inject -> [1] h [1] -> b :: Collect;
two :: Inject -> [2] h [2] -> c :: Collect;
//% do
// push zero 00
// push one 01
// push two 02
//% expect
// b 0ms 00
// c 0ms 00
// a 0ms 01
// c 0ms 01
// a 0ms 02
// b 0ms 02
