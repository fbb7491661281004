//% info
// DropBroadcasts passes packets that came to this machine.
in :: Inject -> d :: DropBroadcasts -> out :: Collect;
//% do
// push in 0a
// read d.drops
//% expect
// out 0ms 0a
// 0
