package vini.vpn.elements.wireguard;

/** What a user has put into a message: an IP packet, and zeros behind it. */
final class InnerPacket {
    /** What {@link #length} says of what is no IP packet. */
    static final int NONE = -1;

    private static final int IPV4_BYTES = 20;
    private static final int IPV6_BYTES = 40;

    private InnerPacket() {}

    /** The length of the IP packet at {@code at}, of at most {@code most} bytes. */
    static int length(byte[] data, int at, int most) {
        int length =
                switch (data[at] >> 4 & 0xf) {
                    case 4 -> most < IPV4_BYTES ? NONE : u16(data, at + 2);
                    case 6 -> most < IPV6_BYTES ? NONE : IPV6_BYTES + u16(data, at + 4);
                    default -> NONE;
                };
        return length <= most && length >= IPV4_BYTES ? length : NONE;
    }

    private static int u16(byte[] data, int at) {
        return (data[at] & 0xff) << 8 | data[at + 1] & 0xff;
    }
}
