//% info
// FromDevice needs a device, which virtual time has not.
FromDevice(eth0) -> Discard;
//% do
//% expect
// 'FromDevice@1 :: FromDevice': it needs a device or a socket, which the virtual world has not
