package vini.forwarder.elements.measure;

import vini.forwarder.Packet;

/** Fields of an IPv4 header (RFC 791 3.1) that begins at some byte of a packet. */
final class Ipv4View {
    static final int ICMP = 1;
    static final int TCP = 6;
    static final int UDP = 17;

    private static final int HEADER_BYTES = 20;

    private Ipv4View() {}

    /** Whether a whole IPv4 header is there; only then the other methods may be called. */
    static boolean isAt(Packet packet, int at) {
        return at >= 0
                && at <= packet.length() - HEADER_BYTES
                && packet.u8(at) >> 4 == 4
                && (packet.u8(at) & 15) >= 5
                && headerLength(packet, at) <= packet.length() - at;
    }

    static int headerLength(Packet packet, int at) {
        return (packet.u8(at) & 15) * 4;
    }

    static int id(Packet packet, int at) {
        return packet.u16(at + 4);
    }

    /** In units of 8 bytes. */
    static int fragmentOffset(Packet packet, int at) {
        return packet.u16(at + 6) & 0x1fff;
    }

    static boolean moreFragments(Packet packet, int at) {
        return (packet.u16(at + 6) & 0x2000) != 0;
    }

    static int protocol(Packet packet, int at) {
        return packet.u8(at + 9);
    }

    static int source(Packet packet, int at) {
        return packet.i32(at + 12);
    }

    static int destination(Packet packet, int at) {
        return packet.i32(at + 16);
    }

    /** Where its payload begins. */
    static int payload(Packet packet, int at) {
        return at + headerLength(packet, at);
    }

    /** Whether the ports are there that a payload of TCP or UDP begins with. */
    static boolean hasPorts(Packet packet, int at) {
        return payload(packet, at) <= packet.length() - 4;
    }
}
