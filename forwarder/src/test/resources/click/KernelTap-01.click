//% info
// KernelTap needs a device, which virtual time has not.
Idle -> KernelTap(10.9.0.1/24) -> Discard;
//% do
//% expect
// 'KernelTap@2 :: KernelTap': it needs a device or a socket, which the virtual world has not
