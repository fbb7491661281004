//% info
// Bypass is Click's own test: from the third packet on they take the detour.
InfiniteSource("x", LIMIT 4, STOP true) -> Counter(COUNT_CALL 3 b.active true) -> b :: Bypass
    -> Print(A) -> Discard;
b[1] -> Print(B) -> [1] b;
//% do
// run 1ns
//% expect
// A:    1 | 78
// A:    1 | 78
// B:    1 | 78
// A:    1 | 78
// B:    1 | 78
// A:    1 | 78
// (stopped)
