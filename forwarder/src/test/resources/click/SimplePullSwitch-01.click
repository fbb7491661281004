//% info
// SimplePullSwitch pulls from one input, and wakes who pulls when that changes.
a :: Inject -> Queue -> [0] s :: SimplePullSwitch(-1) -> u :: Unqueue -> out :: Collect;
b :: Inject -> Queue -> [1] s;
//% do
// push a 01
// push b 11
// run 1ms
// write s.switch 1
// run 1ms
// write s.switch 0
// run 1ms
//% expect
// out 1ms 11
// out 2ms 01
