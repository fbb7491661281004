//% info
// ICMPPingSource that is pulled, and MIRROR.
p :: ICMPPingSource(1.0.0.1, 2.0.0.2, LIMIT 2, IDENTIFIER 9) -> u :: Unqueue -> out :: Collect;
m :: ICMPPingSource(1.0.0.1, 2.0.0.2, LIMIT 1, MIRROR true, DATA x, VERBOSE false) -> ICMPPingResponder -> Link(DELAY 10ms) -> CheckIPHeader -> m;
//% do
// run 5ms
// read p.count
// run 30ms
// read m.count
//% expect
// out 0ms 4500001c00000000400177df01000001020000020800f7f600090000
// out 0ms 4500001c00010000400177de01000001020000020800f7f500090001
// 2
// 4
