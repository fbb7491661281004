//% info
// Print writes packets in hexadecimal or as text.
in :: Inject -> Print -> Print(some, 5) -> Print(text, -1, CONTENTS ASCII)
    -> Print(none, CONTENTS NONE) -> room :: Print(room, 0, HEADROOM true, TIMESTAMP true)
    -> Discard;
//% do
// push in 2e612e2069732061202e61742c
// write room.active false
// read room.active
// write room.active maybe
// push in
//% expect
//   13 | 2e612e20 69732061 202e6174 2c
// some:   13 | 2e612e20 69
// text:   13 |  .a. is a  .at,
// none:   13
// room: 0.000000:   13 (h64 t1971)
// false
// 520 'maybe' is not true or false
//    0
// some:    0
// text:    0
// none:    0
