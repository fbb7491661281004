//% info
// CheckPaint drops other paints when nobody is at output 1.
in :: Inject -> before :: Counter -> CheckPaint(1) -> out :: Collect;
//% do
// push in 0a
// read before.count
//% expect
// 1
