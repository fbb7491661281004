// A node of IIAS, the Internet In A Slice ("In VINI Veritas", Bavier et al. 2006, figure 2), of
// Click's own elements: programs send by a tun device, a forwarding table (FIB) finds the next hop,
// an encapsulation table the UDP tunnel to it, and what is bound for the world outside leaves by
// NAPT. Two such nodes, of which B has the way out:
//
//   A: vini click iias.click HERE=192.0.2.1 THERE=192.0.2.2
//   B: vini click iias.click HERE=192.0.2.2 THERE=192.0.2.1 TUN=10.77.2.1/16 NODE=10.77.2.254
//          OWN=10.77.2.0/24 OTHER=10.77.1.0/24 NEXT=10.77.128.1 DEFAULT=2
//
// On B the kernel forwards what NAPT has rewritten, and the world must know the way back:
// "sysctl net.ipv4.ip_forward=1", and a route to 198.51.100.0/30 by B.

define($TUN 10.77.1.1/16,      // the address of the programs, and the slice
       $GATEWAY 0.0.0.0,       // their default route, an address of that network; 0.0.0.0: none
       $NETNS "",              // the network namespace of the programs: this one
       $NODE 10.77.1.254,      // what the node calls itself in ICMP errors
       $OWN 10.77.1.0/24,      // the networks of this node and of the other
       $OTHER 10.77.2.0/24,
       $NEXT 10.77.128.2,      // the other node, as a next hop
       $HERE 127.0.0.1,        // the ends of the tunnel in the real network
       $THERE 127.0.0.2,
       $PORT 33001,
       $DEFAULT $NEXT 1,       // where the world is: by the other node, or 2: out here
       $WORLD 198.51.100.1/30, // the device to the world, and what NAPT turns all sources into
       $PUBLIC 198.51.100.2);

programs :: KernelTun($TUN, $GATEWAY, DEVNAME iias0, NETNS $NETNS, MTU 1400);
tunnel   :: Socket(UDP, $THERE, $PORT, $HERE, $PORT, SNAPLEN 65535);
world    :: KernelTun($WORLD, DEVNAME world0);

fib    :: RadixIPLookup($OWN 0, $OTHER $NEXT 1, 0.0.0.0/0 $DEFAULT);
encap  :: StaticIPLookup($NEXT/32 0);             // next hop, tunnel
arrive :: CheckIPHeader -> fib;

programs -> arrive;
tunnel -> arrive;
fib[0] -> programs;
fib[1] -> ttl :: DecIPTTL -> encap -> tunnel;
ttl[1] -> ICMPError($NODE, timeexceeded) -> fib;

// Egress: each flow gets a port (a ping an identifier) of the public address; replies find back.
napt  :: IPRewriter(pattern $PUBLIC 1024-65535 - - 0 1, drop);
pings :: ICMPPingRewriter(pattern $PUBLIC - 0-65535 0 1, drop);
fib[2] -> out :: IPClassifier(tcp or udp, icmp type echo);
out[0] -> [0]napt;
out[1] -> [0]pings;
napt[0], pings[0] -> world;
world -> CheckIPHeader -> back :: IPClassifier(tcp or udp, icmp type echo-reply);
back[0] -> [1]napt;
back[1] -> [1]pings;
napt[1], pings[1] -> fib;
