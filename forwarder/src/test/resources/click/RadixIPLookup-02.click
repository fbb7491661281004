//% info
// RadixIPLookup: the steps of Click's test of lookup elements.
i :: Idle -> r :: RadixIPLookup -> i; r[1] -> i; r[2] -> i;
//% do
// write r.add 18.26/16 1.0.0.1 0
// read r.lookup 18.26.4.9
// write r.add 18.26.0/18 2.0.0.2 1
// read r.lookup 18.26.4.9
// write r.add 18.26.0/17 3.0.0.3 2
// read r.lookup 18.26.4.9
// write r.remove 18.26.0/18 2.0.0.2 1
// read r.lookup 18.26.4.9
// write r.remove 18.26.0/16 1.0.0.1 0
// read r.lookup 18.26.4.9
// write r.add 18.26.0/12 4.0.0.4 0
// read r.lookup 18.26.4.9
// write r.remove 18.26.0/17 3.0.0.3 2
// read r.lookup 18.26.4.9
// write r.add 0.0.0.0/32 99.99.99.99 0
// write r.add 18.26.4.9/32 5.0.0.5 0
// read r.lookup 18.26.4.9
// write r.remove 18.26.4.9/32 5.0.0.5 0
// read r.lookup 18.26.4.9
// write r.add 18.26.0/12 6.0.0.6 0
// read r.lookup 18.26.4.9
// write r.set 18.26.0/12 7.0.0.7 0
// read r.lookup 18.26.4.9
// write r.remove 18.26.0/12 7.0.0.8 0
// write r.remove 18.26.0/12 7.0.0.7 0
// read r.lookup 18.26.4.9
// read r.table
//% expect
// 0 1.0.0.1
// 1 2.0.0.2
// 1 2.0.0.2
// 2 3.0.0.3
// 2 3.0.0.3
// 2 3.0.0.3
// 0 4.0.0.4
// 0 5.0.0.5
// 0 4.0.0.4
// 520 conflict with existing route '18.16.0.0/12 4.0.0.4 0'
// 0 4.0.0.4
// 0 7.0.0.7
// 520 there is no route to 18.16.0.0/12 7.0.0.8 0
// -1
// 0.0.0.0/32 99.99.99.99 0
