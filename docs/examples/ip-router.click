// The IP router of the Click paper (Kohler et al., "The Click Modular Router", 2000, figure 8) with
// two interfaces: a packet passes sixteen elements from one device to the other.
//
//   vini click ip-router.click                                  as it is: eth0 and eth1
//   vini click ip-router.click DEV0=ens1 IP0=192.0.2.1 ...      with other values
//
// The kernel must have no address on the devices, else it answers, too. The checksums of what they
// hand over must be complete: between namespaces say "ethtool -K DEVICE tx off" at the far ends.

define($DEV0 eth0, $IP0 18.26.4.24, $ETH0 00:00:c0:ae:67:ef,
       $DEV1 eth1, $IP1 18.26.7.1,  $ETH1 00:00:c0:4f:71:ef,
       $LENGTH 24, $GATEWAY 18.26.4.1, $MTU 1500);

// Output 0: for the router itself; 1 and 2: by an interface.
rt :: StaticIPLookup($IP0/32 0, $IP1/32 0, $IP0/$LENGTH 1, $IP1/$LENGTH 2, 0.0.0.0/0 $GATEWAY 1);
rt[0] -> ping :: ICMPPingResponder -> rt;
ping[1] -> host :: Discard;                       // no programs run on this router

// An interface: what comes in leaves by the output, to the table; the input takes what the table
// sends here. $color tells the interfaces apart, so that it is seen what goes back where it came
// from.
elementclass Interface { $dev, $ip, $eth, $color |
    in :: FromDevice($dev, SNAPLEN 9000)
       -> c :: Classifier(12/0806 20/0001, 12/0806 20/0002, 12/0800, -);
    out :: Queue(200) -> to :: ToDevice($dev);
    c[0] -> ARPResponder($ip $eth) -> out;        // who has $ip?
    c[1] -> [1]arpq :: ARPQuerier($ip, $eth) -> out;
    c[2] -> Paint($color)
         -> Strip(14)
         -> CheckIPHeader(INTERFACES $IP0/$LENGTH $IP1/$LENGTH)
         -> GetIPAddress(16)
         -> output;
    c[3] -> Discard;

    input -> DropBroadcasts
          -> same :: PaintTee($color)
          -> options :: IPGWOptions($ip)
          -> FixIPSrc($ip)
          -> ttl :: DecIPTTL
          -> fragment :: IPFragmenter($MTU)
          -> [0]arpq;
    same[1]     -> ICMPError($ip, redirect, host) -> output;
    options[1]  -> ICMPError($ip, parameterproblem) -> output;
    ttl[1]      -> ICMPError($ip, timeexceeded) -> output;
    fragment[1] -> ICMPError($ip, unreachable, needfrag, PMTU $MTU) -> output;
}

eth0 :: Interface($DEV0, $IP0, $ETH0, 1) -> rt;
eth1 :: Interface($DEV1, $IP1, $ETH1, 2) -> rt;
rt[1] -> eth0;
rt[2] -> eth1;
