//% info
// The example of the manual: it counts to five and stops.
s :: Script(set x 0,
            label begin_loop,
            print $x,
            set x $(s.add $x 1),
            goto begin_loop $(s.lt $x 5),
            stop);
//% do
// run 1ms
// read s.sprintf "%05x" 127
// read s.div 10 4
// read s.idiv 10 4
// read s.eq 10 0xA
// read s.le 9 8
// read s.eq 10x 10x
//% expect
// 0
// 1
// 2
// 3
// 4
// (stopped)
// 0007f
// 2.5
// 2
// true
// false
// true
