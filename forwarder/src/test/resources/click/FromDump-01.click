//% info
// FromDump plays a capture at its own speed; what is no IPv4 packet goes to output 1.
d :: FromDump(src/test/resources/dumps/three.pcap, TIMING true, FORCE_IP true, STOP true);
d[0] -> ip :: Collect;
d[1] -> rest :: Collect;
//% do
// run 10ms
// run 10s
// read d.count
// read d.encap
// read d.filesize
// read d.packet_filepos
//% expect
// ip 0ms udp:10.0.0.1:10.0.0.2:64
// (stopped)
// ip 250ms udp:10.0.0.2:10.0.0.1:64
// rest 1s 60606060606060606060
// 2
// IP
// 138
// 112
