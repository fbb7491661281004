//% info
// Quotes, handlers, waiting, and a passive script that adds what others count.
in :: Inject -> c :: Counter -> Discard;
p :: Script(TYPE PASSIVE, return $(add $(c.count) $1));
Script(set x "$(c.count)", print $x, print c.count, print "c.count",
       wait 5ms, print $(p.run 40), write c.reset, print "status $?",
       write nobody.home, print "status $?", read c.count, goto exit true, print "never");
//% do
// push in 0a 0b
// run 1ms
// run 10ms
//% expect
// 2
// 2
// c.count
// 42
// status 0
// Script@5 :: Script: No element named 'nobody'
// status -1
// c.count:
// 0
