//% info
// HostEtherFilter takes what is for us or for many.
in :: Inject -> f :: HostEtherFilter(02:00:00:00:00:01, DROP_OWN true) -> out :: Collect;
f[1] -> not :: Collect;
//% do
// push in 020000000001020000000002080001 ffffffffffff020000000002080002 01005e000009020000000002080003 020000000003020000000002080004 ffffffffffff020000000001080005 06
// read f.drops
//% expect
// out 0ms 020000000001020000000002080001
// out 0ms ffffffffffff020000000002080002
// out 0ms 01005e000009020000000002080003
// not 0ms 020000000003020000000002080004
// not 0ms ffffffffffff020000000001080005
// not 0ms 06
// 0
