package vini.forwarder.elements.napt;

import vini.net.Ipv4Address;
import vini.net.wire.Ipv4Header;

/**
 * An address, a port (of ICMP: a query's identifier) and a protocol in one long, and that of a peer
 * without a protocol. By these, mappings and sessions are found.
 */
public final class Endpoint {
    /** Set in the key of a mapping's outer side, so that both sides have keys in one index. */
    static final long OUTSIDE = 1 << 8;

    private static final int PROTOCOL = 0xff;

    private Endpoint() {}

    /** The endpoint of an address, a port (0-65535) and a protocol. */
    public static long of(int address, int port, int protocol) {
        return (long) address << 32 | (long) port << 16 | protocol;
    }

    public static int address(long endpoint) {
        return (int) (endpoint >>> 32);
    }

    public static int port(long endpoint) {
        return (int) (endpoint >>> 16) & 0xffff;
    }

    public static int protocol(long endpoint) {
        return (int) endpoint & PROTOCOL;
    }

    /** {@code 10.0.0.1:5000}; without a port if that is 0. */
    public static String text(long endpoint) {
        String address = new Ipv4Address(address(endpoint)).toString();
        return port(endpoint) == 0 ? address : address + ":" + port(endpoint);
    }

    public static String protocolName(int protocol) {
        return switch (protocol) {
            case Ipv4Header.TCP -> "tcp";
            case Ipv4Header.UDP -> "udp";
            default -> "icmp";
        };
    }

    /** The number of a protocol by its name, as an IllegalArgumentException if it has none. */
    static int protocol(String name) {
        return switch (name) {
            case "tcp" -> Ipv4Header.TCP;
            case "udp" -> Ipv4Header.UDP;
            case "icmp" -> Ipv4Header.ICMP;
            default -> throw new IllegalArgumentException("'" + name + "' is not tcp, udp or icmp");
        };
    }
}
