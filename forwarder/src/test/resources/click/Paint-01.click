//% info
// Paint marks packets, and its color can be changed; CheckPaint tells them apart.
in :: Inject -> paint :: Paint(2) -> check :: CheckPaint(2) -> two :: Collect;
check[1] -> others :: Collect;
//% do
// push in 0a 0b
// write paint.color 3
// push in 0c
// write paint.color 300
// read paint.color
//% expect
// two 0ms 0a
// two 0ms 0b
// others 0ms 0c
// 520 300 is outside 0 to 255
// 3
