package vini.forwarder.elements.rewrite;

import vini.net.Ipv4Address;

/** The two longs of a flow's key: addresses, and (owner, protocol, ports). */
final class FlowKey {
    static final int OWNER_SHIFT = 40;

    private static final int PROTOCOL_SHIFT = 32;

    private FlowKey() {}

    static long addresses(int source, int destination) {
        return (long) source << 32 | destination & 0xffffffffL;
    }

    static int source(long addresses) {
        return (int) (addresses >>> 32);
    }

    static int destination(long addresses) {
        return (int) addresses;
    }

    /** The addresses of the other direction. */
    static long swapped(long addresses) {
        return Long.rotateLeft(addresses, 32);
    }

    /**
     * @param ports source and destination port, as they stand in a header
     */
    static long ports(int owner, int protocol, int ports) {
        return (long) owner << OWNER_SHIFT
                | (long) protocol << PROTOCOL_SHIFT
                | ports & 0xffffffffL;
    }

    static int protocol(long ports) {
        return (int) (ports >>> PROTOCOL_SHIFT) & 0xff;
    }

    static int sourcePort(long ports) {
        return (int) (ports >>> 16) & 0xffff;
    }

    static int destinationPort(long ports) {
        return (int) ports & 0xffff;
    }

    static int ports(int source, int destination) {
        return source << 16 | destination;
    }

    static String source(long addresses, long ports) {
        return new Ipv4Address(source(addresses)) + " " + sourcePort(ports);
    }

    static String destination(long addresses, long ports) {
        return new Ipv4Address(destination(addresses)) + " " + destinationPort(ports);
    }
}
