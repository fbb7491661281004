//% info
// IPReassembler: overlaps end a packet; what stays incomplete ends after 30 s.
parts :: Inject -> CheckIPHeader -> r :: IPReassembler -> out :: Collect;
r[1] -> late :: Collect;
//% do
// push parts 4500002400012000401146c60a0000010a00000204d2162e001800000011223344556677 4500002400010001401166c50a0000010a00000200112233445566778899aabbccddeeff
// read r.failed
// read r.memory
// push parts 4500001c00022000401146cd0a0000010a00000204d2162e00180000
// run 29s
// push parts 4500001c00020002401166cb0a0000010a0000028899aabbccddeeff
// run 2s
// read r.length
// run 28s
// read r.length
//% expect
// 1
// 0
// 1
// late 59s 4500002c00022000401146bd0a0000010a00000204d2162e0018000000000000000000008899aabbccddeeff
// 0
