//% info
// Message writes for the user, and TYPE ERROR refuses.
Message("Two messages", WARNING);
Message("A graph that is not to be used", ERROR);
//% do
// run 1ns
//% expect
// 'Message@2 :: Message': A graph that is not to be used
