//% info
// Host needs a device, which virtual time has not, and a sensible MTU.
Idle -> Host(DEVICE vini0) -> Discard;
//% do
//% expect
// 'Host@2 :: Host': it needs a device, which the virtual world has not
