//% info
// SetIPAddress sets the destination annotation.
in :: Inject -> SetIPAddress(1.0.0.3) -> StoreIPAddress(0) -> out :: Collect;
b :: Inject -> SetIPAddress(1.0.0.3, 20) -> StoreIPAddress(0) -> same :: Collect;
//% do
// push in 99999999
// push b 99999999
//% expect
// out 0ms 01000003
// same 0ms 99999999
