//% info
// Signals: all scripts for one run, a signal that comes twice counts once, and after exit, or
// while the script waits, it ends the run as it would without a script.
Script(TYPE SIGNAL INT, print "Hello");
Script(TYPE SIGNAL SIGINT 15, print "Goodbye");
once :: Script(TYPE SIGNAL USR1, print "got USR1", exit);
slow :: Script(TYPE SIGNAL HUP, print "waits", wait 10ms, print "waited");
p :: Script(TYPE PASSIVE, set y $(kill $1 $$ $$), print "sent");
bad :: Script(TYPE PASSIVE, set y $(kill USR1 2), set y $(kill FOO $$), set y $(kill INT));
//% do
// read p.run 2
// run 1ms
// read p.run TERM
// run 1ms
// read p.run HUP
// run 1ms
// run 10ms
// read p.run HUP
// run 20ms
// read p.run CHLD
// read bad.run
// read p.run USR1
// run 1ms
// read p.run USR1
//% expect
// sent
// Hello
// Goodbye
// sent
// Goodbye
// sent
// waits
// waited
// sent
// waits
// waited
// sent
// bad :: Script: there is no process 2 in the virtual world
// bad :: Script: 'FOO' is not a signal
// bad :: Script: it takes a signal and process numbers
// sent
// got USR1
// (stopped)
// sent
