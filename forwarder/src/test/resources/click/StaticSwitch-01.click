//% info
// StaticSwitch has no handler to change it.
in :: Inject -> s :: StaticSwitch(1) -> a :: Collect; s[1] -> b :: Collect;
//% do
// push in 01
// write s.switch 0
//% expect
// b 0ms 01
// 511 No handler named 'n/s.switch'
