//% info
// Resize is Click's own test, with zeros where Click leaves bytes as they are.
in :: Inject -> Print -> Resize(HEAD -2) -> Print -> Resize(+4, -2) -> Print -> Resize()
    -> Print -> Resize(HEAD -8) -> Print -> Discard;
//% do
// push in 41424344
//% expect
//    4 | 41424344
//    2 | 4344
//    4 | 00004142
//    4 | 00004142
//    0
