//% info
// Bypass on a pull path, Click's own test: the pull after the third takes the detour.
InfiniteSource("x", LIMIT 4, STOP true) -> PullNull -> Counter(COUNT_CALL 3 b.active true)
    -> b :: Bypass -> Print(C) -> Discard;
b[1] -> Print(D) -> [1] b;
//% do
// run 1ns
//% expect
// C:    1 | 78
// C:    1 | 78
// C:    1 | 78
// (stopped)
// D:    1 | 78
// C:    1 | 78
