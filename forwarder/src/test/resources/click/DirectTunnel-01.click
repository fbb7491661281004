//% info
// DirectTunnel hands packets to its other end, here in the same graph.
a :: Inject -> DirectTunnel(left, right) -> left :: Collect;
b :: Inject -> DirectTunnel(right, left) -> right :: Collect;
//% do
// push a 0a 0b
// run 1ns
// push b 0c
// run 1ns
//% expect
// right 0ms 0a
// right 0ms 0b
// left 1ns 0c
