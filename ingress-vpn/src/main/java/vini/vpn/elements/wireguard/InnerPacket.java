package vini.vpn.elements.wireguard;

import vini.forwarder.Packet;

/** What a user has put into a message: an IP packet, and zeros behind it. */
final class InnerPacket {
    /** What {@link #length} says of what is no IP packet. */
    static final int NONE = -1;

    private static final int IPV4_BYTES = 20;
    private static final int IPV6_BYTES = 40;

    private InnerPacket() {}

    /** The length of the IP packet that it begins with; it has a byte at least. */
    static int length(Packet packet) {
        int most = packet.length();
        int length =
                switch (packet.u8(0) >> 4) {
                    case 4 -> most < IPV4_BYTES ? NONE : packet.u16(2);
                    case 6 -> most < IPV6_BYTES ? NONE : IPV6_BYTES + packet.u16(4);
                    default -> NONE;
                };
        return length <= most && length >= IPV4_BYTES ? length : NONE;
    }
}
