//% info
// Error keeps a graph from starting and complains of nothing else.
in :: Inject -> e :: Error(no device, GIVEN at all) -> out :: Collect;
//% do
// run 1ns
//% expect
// 'e :: Error': no device, GIVEN at all
