//% info
// StrideSched is Click's own test: 4, 2 and 1 tickets.
i1 :: InfiniteSource("1", LIMIT 10); i2 :: InfiniteSource("2", LIMIT 10);
i3 :: InfiniteSource("3", LIMIT 10, STOP true);
i1 -> [0] ss :: StrideSched(4, 2, 1); i2 -> [1] ss; i3 -> [2] ss;
ss -> Print -> Discard;
//% do
// run 1ns
//% expect
//    1 | 31
//    1 | 31
//    1 | 32
//    1 | 31
//    1 | 31
//    1 | 32
//    1 | 33
//    1 | 31
//    1 | 31
//    1 | 32
//    1 | 31
//    1 | 31
//    1 | 32
//    1 | 33
//    1 | 31
//    1 | 31
//    1 | 32
//    1 | 32
//    1 | 33
//    1 | 32
//    1 | 32
//    1 | 33
//    1 | 32
//    1 | 32
//    1 | 33
//    1 | 33
//    1 | 33
//    1 | 33
//    1 | 33
// (stopped)
//    1 | 33
