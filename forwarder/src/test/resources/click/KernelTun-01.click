//% info
// KernelTun needs a device, which virtual time has not.
Idle -> KernelTun(10.9.0.1/24) -> Discard;
//% do
//% expect
// 'KernelTun@2 :: KernelTun': it needs a device or a socket, which the virtual world has not
