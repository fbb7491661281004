//% info
// PullSwitch pulls from one input; who pulls sleeps while that has nothing.
a :: Inject -> Queue -> [0] s :: PullSwitch -> u :: Unqueue -> out :: Collect;
b :: Inject -> Queue -> [1] s;
//% do
// push b 11
// run 1ns
// read u.scheduled
// write s.switch 1
// run 1ns
// write s.switch -1
// push a 01
// run 1ns
// read u.scheduled
// write s.switch 0
// read u.scheduled
// run 1ns
//% expect
// false
// out 1ns 11
// false
// true
// out 3ns 01
