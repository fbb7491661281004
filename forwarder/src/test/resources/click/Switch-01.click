//% info
// Switch sends packets to an output that can be changed, or drops them.
in :: Inject -> s :: Switch -> a :: Collect; s[1] -> b :: Collect;
//% do
// push in 01
// write s.switch 1
// push in 02
// write s.switch -1
// push in 03
// read s.switch
// read s.drops
// write s.switch 2
//% expect
// a 0ms 01
// b 0ms 02
// -1
// 1
// 520 there is no port 2, only 2 in use
