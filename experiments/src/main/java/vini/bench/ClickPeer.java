package vini.bench;

import vini.net.Ipv4Address;

/**
 * The configurations that Click is measured with, all of them: the graphs that Vini is measured
 * with, of Click's own elements as its manual describes them. They are written to files before they
 * are run.
 */
final class ClickPeer {
    /** The hosts of Src, Fwdr and Sink, in one network: what is no own address comes to Click. */
    private static final String NETWORK = "10.50.0.";

    private static final Ipv4Address FROM = Ipv4Address.parse("10.1.2.3");
    private static final Ipv4Address TO = Ipv4Address.parse("10.9.9.9");

    private ClickPeer() {}

    /** The address of a host: 0 Src, 1 Fwdr, 2 Sink. */
    static String address(int node) {
        return NETWORK + (node + 1);
    }

    /**
     * A node at an end of the chain: a tun device for the programs of the machine, and a tunnel.
     *
     * @param node 0 or 2
     * @param port of the tunnel at both ends
     */
    static String end(int node, String local, String remote, int port) {
        return """
        // %1$s of the chain: what programs send is looked up as it is; what comes by the tunnel
        // has come one hop further.
        host :: KernelTun(%1$s/24, MTU %2$d, BURST 32);
        fib  :: RadixIPLookup(%1$s/32 0, %3$s/24 1);
        host -> CheckIPHeader -> fib;
        fib[0] -> Queue(1000) -> host;
        fib[1] -> Queue(1000) -> tunnel :: Socket(UDP, %4$s, %6$d, %5$s, %6$d);
        tunnel -> CheckIPHeader -> ttl :: DecIPTTL -> fib;
        ttl[1] -> ICMPError(%1$s, timeexceeded) -> fib;
        """
                .formatted(address(node), Testbed.TUNNEL_MTU, NETWORK + "0", remote, local, port);
    }

    /** The node in the middle: two tunnels. */
    static String middle(int port, String src, String snk) {
        return """
        // The middle of the chain: what comes by one tunnel goes out by the other.
        fib :: RadixIPLookup(%1$s/32 0, %2$s/32 1, %3$s/32 2);
        src :: Socket(UDP, %4$s, %8$d, %5$s, %8$d) -> arrive :: CheckIPHeader;
        snk :: Socket(UDP, %6$s, %8$d, %7$s, %8$d) -> arrive;
        arrive -> ttl :: DecIPTTL -> fib;
        fib[0] -> Queue(1000) -> src;
        fib[1] -> Discard;
        fib[2] -> Queue(1000) -> snk;
        ttl[1] -> ICMPError(%2$s, timeexceeded) -> fib;
        """
                .formatted(
                        src,
                        address(1),
                        snk,
                        Testbed.SRC,
                        Testbed.FWD_SRC,
                        Testbed.SNK,
                        Testbed.FWD_SNK,
                        port);
    }

    /** Packets of 64 bytes to random destinations through a table; {@code c} counts them. */
    static String graph(RandomRoutes routes) {
        StringBuilder table = new StringBuilder();
        for (int i = 0; i < routes.size(); i++) {
            table.append("  ").append(routes.route(i, i)).append(",\n");
        }
        return """
        // Packets to random destinations, in memory. The destination is drawn as an annotation,
        // which is what RadixIPLookup looks up; what no prefix of the table has goes by the last.
        fib :: RadixIPLookup(
        %s  0.0.0.0/0 10.0.0.1 0);
        InfiniteSource(DATA \\<%s>, BURST 32, TIMESTAMP false)
          -> CheckIPHeader -> SetRandIPAddress(0.0.0.0/0) -> DecIPTTL
          -> fib -> c :: Counter -> Discard;
        """
                .formatted(table, SmallPacket.hexadecimal(FROM, TO));
    }

    /** Packets of so many flows through a translation; {@code c} counts them. */
    static String napt(int flows) {
        return """
        // Packets of %1$d flows in random order: one source, and as many destinations.
        InfiniteSource(DATA \\<%2$s>, BURST 32, TIMESTAMP false)
          -> CheckIPHeader -> SetRandIPAddress(32.0.0.0/3, %1$d) -> StoreIPAddress(dst)
          -> nat :: IPRewriter(pattern 192.0.2.1 1024-65535 - - 0 0, MAPPING_CAPACITY %3$d)
          -> c :: Counter -> Discard;
        """
                .formatted(flows, SmallPacket.hexadecimal(FROM, TO), 4 * flows);
    }
}
