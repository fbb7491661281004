//% info
// What a script can calculate, its variables as handlers, and what it may call.
s :: Script(print $(add 1 2 3), print $(sub 10 2 2), print $(min 10 6 20), print $(max -1 6 3),
            print $(mul 1 2 3), print $(div 75 2.5 5), print $(idiv 60 2 5),
            print $(htonl $(ntohl 6)), print $(htons $(ntohs 6)),
            write set foovar foo bar baz, print $(shift foovar), print $(shift foovar),
            print $(get foovar),
            print $(in foo bar foo), print $(in foo bar), print $(nand true false),
            print $(nor true false), print $(mod 7 3), print $(rem 7.5 2),
            print $(readable p.run c.count), print $(writable c.count), print $$,
            export limit 7, set limit $(add $limit 1));
p :: Script(TYPE PASSIVE, return i2);
sub :: Script(TYPE PASSIVE, return Hello);
Script(set i add, print $($i 3 4), print $($(p.run).name), set j sub, print $($j 8 5),
       print $($j.run), print "it's $i", set q "a\"b", setq r "$q", print '$r');
i1, i2 :: Idle;
Idle -> c :: Counter -> Idle;
x :: Script(TYPE PROXY, goto nota $(ne $0 a), returnq "you called 'a'", label nota,
            goto notb $(ne $0 b), returnq "$write $args", label notb, error bad handler);
//% do
// run 1ms
// read s.limit
// read s.random 1
// read s.random 5 5
// read s.now
// read x.a
// write x.b 5
// read x.b 6
// write x.c 7
// write s.step 10001
//% expect
// 6
// 6
// 6
// 6
// 6
// 6
// 6
// 6
// 6
// foo
// bar
// baz
// true
// false
// true
// false
// 1
// 1.5
// true
// false
// 1
// 7
// i2
// 3
// Hello
// it's add
// $r
// 8
// 0
// 5
// 0.001000000
// you called 'a'
// false 6
// 520 bad handler
// 520 10001 is outside 0 to 10000
