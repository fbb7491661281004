package vini.forwarder.elements.ip;

import vini.forwarder.Packet;
import vini.net.wire.Ipv4Header;

/**
 * Says how much of an IPv4 packet is really there. Elements trust neither where the network header
 * is said to be, nor the lengths that stand in it.
 */
public final class IpBounds {
    /** The reason for which a packet ends that has no whole IPv4 header. */
    public static final String NO_HEADER = "noIpHeader";

    private IpBounds() {}

    /** Whether 20 bytes of a network header are there; its version and length may be wrong. */
    public static boolean hasFixedHeader(Packet packet) {
        int header = packet.networkHeader();
        return header >= 0 && header <= packet.length() - Ipv4Header.BYTES;
    }

    /** Whether an IPv4 header is there with all its options. */
    public static boolean hasHeader(Packet packet) {
        if (!hasFixedHeader(packet)) {
            return false;
        }
        int header = packet.networkHeader();
        int length = headerLength(packet);
        return packet.u8(header) >>> 4 == 4
                && length >= Ipv4Header.BYTES
                && header + length <= packet.length();
    }

    /** The header's length in bytes as it says itself, 0-60. */
    public static int headerLength(Packet packet) {
        return (packet.u8(packet.networkHeader()) & 0x0f) << 2;
    }

    /**
     * Where the IP packet ends, relative to the packet's first byte: by its length, but not beyond
     * what is there, nor before its header's end.
     */
    public static int end(Packet packet) {
        int header = packet.networkHeader();
        int length =
                Math.max(packet.u16(header + Ipv4Header.TOTAL_LENGTH_AT), headerLength(packet));
        return Math.min(packet.length(), header + length);
    }

    /** The fragment offset in bytes. */
    public static int fragmentOffset(Packet packet) {
        return (packet.u16(packet.networkHeader() + Ipv4Header.FRAGMENT_AT)
                        & Ipv4Header.FRAGMENT_OFFSET_MASK)
                << 3;
    }

    /** Whether it is a part of a packet, be it the first one. */
    public static boolean isFragment(Packet packet) {
        return (packet.u16(packet.networkHeader() + Ipv4Header.FRAGMENT_AT)
                        & (Ipv4Header.FRAGMENT_OFFSET_MASK | Ipv4Header.MORE_FRAGMENTS))
                != 0;
    }
}
