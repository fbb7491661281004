//% info
// IPClassifier tells what is wrong with all its expressions.
Idle -> c :: IPClassifier(src por 80, host 10.0.0.0/8, tcp and or udp, -) -> Idle;
c[1] -> Idle; c[2] -> Idle; c[3] -> Idle;
//% do
// push in 00
//% expect
// 'c :: IPClassifier': pattern 1 'src por 80': 'por' is not known here; did you mean 'port'?
// 'c :: IPClassifier': pattern 2 'host 10.0.0.0/8': '10.0.0.0/8' is a network; write 'net 10.0.0.0/8'
// 'c :: IPClassifier': pattern 3 'tcp and or udp': a primitive was expected, not 'or'
