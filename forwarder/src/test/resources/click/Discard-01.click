//% info
// Discard counts what it throws away.
in :: Inject -> d :: Discard;
//% do
// push in 0a 0b
// read d.count
// write d.count 5
//% expect
// 2
// 530 Handler 'n/d.count' read-only
