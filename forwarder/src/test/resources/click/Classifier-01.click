//% info
// Classifier sorts by bytes; what matches nothing is dropped. Its program is as in Click's manual.
in :: Inject -> c :: Classifier(12/0806 20/0001, 12/0806 20/0002, 12/0800, !0/ff 1/01%03);
c[0] -> request :: Collect;
c[1] -> reply :: Collect;
c[2] -> ip :: Collect;
c[3] -> odd :: Collect;
a :: Idle -> arp :: Classifier(12/0806 20/0001, 12/0806 20/0002, 12/0800, -);
arp[0] -> Idle; arp[1] -> Idle; arp[2] -> Idle; arp[3] -> Idle;
//% do
// push in 0000000000000000000000000806000108000604000100
// push in 0000000000000000000000000806000108000604000200
// push in 00000000000000000000000008004500
// push in 00f1 00f2 ff00
// read arp.program
//% expect
// request 0ms 0000000000000000000000000806000108000604000100
// reply 0ms 0000000000000000000000000806000108000604000200
// ip 0ms 00000000000000000000000008004500
// odd 0ms 00f1
//  0  12/08060000%ffff0000  yes->step 1  no->step 3
//  1  20/00010000%ffff0000  yes->[0]  no->step 2
//  2  20/00020000%ffff0000  yes->[1]  no->[3]
//  3  12/08000000%ffff0000  yes->[2]  no->[3]
// safe length 22
// alignment offset 0
