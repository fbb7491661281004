//% info
// Scripts of packets: to output 0 at the end, nowhere at exit, to output N at return N.
in :: Inject -> s :: Script(init i 0, set j $i, set i $(if $(eq $i 2) 0 $(add $i 1)),
                            goto drop $(eq $j 2), return $j, label drop, exit);
s[0] -> a :: Collect; s[1] -> b :: Collect;
in2 :: Inject -> Script(TYPE PACKET) -> c :: Collect;
in3 :: Inject -> Script(write sw.switch $(add $(sw.switch) 1)) -> sw :: Switch(-1);
sw[0] -> d :: Collect; sw[1] -> e :: Collect;
in4 :: Inject -> w :: Script(TYPE PACKET, wait 1s) -> Discard;
in5 :: Inject -> x :: Script(TYPE PACKET, return $input) -> Discard;
in6 :: Inject -> [1] x;
in7 :: Inject -> r :: Script(TYPE PACKET, return many) -> Discard;
//% do
// push in 01 02 03 04 05 06
// read s.drops
// push in2 0a
// push in3 0b
// push in3 0c
// push in4 0d
// push in5 0e
// push in6 0f
// read x.drops
// push in7 10
//% expect
// a 0ms 01
// a 0ms 04
// b 0ms 02
// b 0ms 05
// 2
// c 0ms 0a
// d 0ms 0b
// e 0ms 0c
// w :: Script: a script of packets cannot wait
// 1
// r :: Script: 'many' is not a whole number
