//% info
// FromIPSummaryDump makes packets of the lines of a dump, whole ones with CHECKSUM.
d :: FromIPSummaryDump(DATA "!data src dst sport dport proto ip_ttl
10.0.0.1 10.0.0.2 1000 2000 U 64
10.0.0.3 10.0.0.4 1000 2000 U 9
nonsense
10.0.0.5 - - - 1
", STOP true, CHECKSUM true) -> out :: Collect;
t :: FromIPSummaryDump(src/test/resources/dumps/flows.txt, TIMING true) -> c :: Counter -> Discard;
//% do
// run 1ms
// read d.count
// read d.errors
// read d.encap
// read c.count
// run 749ms
// read c.count
//% expect
// d: ip_src: "nonsense" is not an IPv4 address like 10.77.0.1
// (stopped)
// out 0ms 4500001c00000000401166cf0a0000010a00000203e807d00008e023
// out 0ms 4500001c0000000009119dcb0a0000030a00000403e807d00008e01f
// out 0ms 4500001c0000000064014cdd0a000005000000000000ffff00000000
// 3
// 1
// IP
// 1
// 3
