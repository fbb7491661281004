//% info
// AddressInfo takes addresses of each kind, and refuses what is none.
AddressInfo(home 10.0.0.1/24 00:50:ba:85:84:a9, away 192.0.2.1 2001:db8::1/64);
a :: AddressInfo(bad 10.0.0.300); b :: AddressInfo(nothing);
//% do
// run 1ns
//% expect
// 'a :: AddressInfo': '10.0.0.300' is no address: "10.0.0.300" is not an IPv4 address like 10.77.0.1
// 'b :: AddressInfo': 'nothing' is not NAME ADDRESS...
