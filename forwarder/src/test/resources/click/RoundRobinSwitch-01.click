//% info
// RoundRobinSwitch deals packets out in turn.
in :: Inject -> r :: RoundRobinSwitch -> a :: Collect; r[1] -> b :: Collect; r[2] -> c :: Collect;
//% do
// push in 01 02 03 04
//% expect
// a 0ms 01
// a 0ms 04
// b 0ms 02
// c 0ms 03
