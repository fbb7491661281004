//% info
// StoreIPAddress: the example of Click's tests.
b :: Inject -> MarkIPHeader -> SetIPAddress(1.0.0.2) -> StoreIPAddress(0) -> ob :: Collect;
c :: Inject -> MarkIPHeader -> StoreIPAddress(1.0.0.3, 4) -> oc :: Collect;
d :: Inject -> MarkIPHeader -> SetIPAddress(1.0.0.2) -> StoreIPAddress(src) -> od :: Collect;
e :: Inject -> MarkIPHeader -> SetIPAddress(1.0.0.2) -> StoreIPAddress(dst) -> oe :: Collect;
f :: Inject -> MarkIPHeader -> StoreIPAddress(1.0.0.4, dst) -> of :: Collect;
g :: Inject -> s :: StoreIPAddress(1.0.0.4, 17) -> og :: Collect; s[1] -> short :: Collect;
//% do
// push b 9999999999999999999999999999999999999999
// push c 9999999999999999999999999999999999999999
// push d 9999999999999999999999999999999999999999
// push e 9999999999999999999999999999999999999999
// push f 9999999999999999999999999999999999999999
// push g 9999999999999999999999999999999999999999
//% expect
// ob 0ms 0100000299999999999999999999999999999999
// oc 0ms 9999999901000003999999999999999999999999
// od 0ms 99999999999999999999cbca0100000299999999
// oe 0ms 99999999999999999999cbca9999999901000002
// of 0ms 99999999999999999999cbc89999999901000004
// short 0ms 9999999999999999999999999999999999999999
