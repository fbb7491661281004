package vini.forwarder.elements.ip6;

import vini.forwarder.Packet;
import vini.net.Ipv6Address;
import vini.net.wire.Ipv6Header;

/** IPv6 packets as these elements read them. */
final class Ip6 {
    private static final int WORD = 4;

    private Ip6() {}

    /** Whether a whole IPv6 header stands at that offset. */
    static boolean hasHeader(Packet packet, int at) {
        return at >= 0 && packet.length() - at >= Ipv6Header.BYTES && packet.u8(at) >> 4 == 6;
    }

    /** The address at an offset that the caller has checked. */
    static Ipv6Address address(Packet packet, int at) {
        return Ipv6Header.address(packet.buffer(), packet.start() + at);
    }

    /** The first half of the destination annotation, which takes the first 16 bytes. */
    static long destinationHigh(Packet packet) {
        return packet.annotation(0, WORD) << 32 | packet.annotation(WORD, WORD);
    }

    static long destinationLow(Packet packet) {
        return packet.annotation(2 * WORD, WORD) << 32 | packet.annotation(3 * WORD, WORD);
    }

    static void destination(Packet packet, long high, long low) {
        packet.annotation(0, WORD, high >>> 32);
        packet.annotation(WORD, WORD, high);
        packet.annotation(2 * WORD, WORD, low >>> 32);
        packet.annotation(3 * WORD, WORD, low);
    }

    static void destination(Packet packet, Ipv6Address address) {
        destination(packet, address.high(), address.low());
    }
}
