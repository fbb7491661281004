//% info
// Link: the delay is exact; a link that fails drops what is on its way.
in :: Inject -> link :: Link(DELAY 5ms) -> out :: Collect;
//% do
// push in 0a
// run 2.5ms
// push in 0b
// run 10ms
// push in 0c
// run 1ms
// write link.state silent
// push in 0d
// write link.state up
// push in 0e
// run 10ms
// read link.state
//% expect
// out 5ms 0a
// out 7.5ms 0b
// out 18.5ms 0e
// up
