//% info
// SetRandIPAddress draws the destination annotation; of one address there is no choice.
in :: Inject -> SetRandIPAddress(1.0.0.3/32) -> StoreIPAddress(0) -> out :: Collect;
b :: Inject -> SetRandIPAddress(1.0.0.3/32, 20) -> StoreIPAddress(0) -> same :: Collect;
//% do
// push in 99999999
// push b 99999999
//% expect
// out 0ms 01000003
// same 0ms 01000003
