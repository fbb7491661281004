//% info
// ToDevice needs a device, which virtual time has not.
Idle -> ToDevice(eth0);
//% do
//% expect
// 'ToDevice@2 :: ToDevice': it needs a device or a socket, which the virtual world has not
