package vini.net.wire;

import io.netty.buffer.ByteBuf;

import vini.net.Ipv6Address;

/**
 * Offsets and numbers of the IPv6 header and its extensions, RFC 8200; all indices are relative to
 * its first byte.
 */
public final class Ipv6Header {
    public static final int BYTES = 40;

    public static final int PAYLOAD_LENGTH_AT = 4;
    public static final int NEXT_HEADER_AT = 6;
    public static final int HOP_LIMIT_AT = 7;
    public static final int SOURCE_AT = 8;
    public static final int DESTINATION_AT = 24;
    public static final int ADDRESS_BYTES = 16;

    public static final int HOP_BY_HOP = 0;
    public static final int ROUTING = 43;
    public static final int FRAGMENT = 44;
    public static final int AUTHENTICATION = 51;
    public static final int ICMP = 58;
    public static final int NO_NEXT = 59;
    public static final int DESTINATION_OPTIONS = 60;

    /** The fragment header, RFC 8200 4.5. */
    public static final int FRAGMENT_BYTES = 8;

    public static final int FRAGMENT_OFFSET_AT = 2;
    public static final int FRAGMENT_OFFSET_MASK = 0xfff8;

    /** What each link must carry, RFC 8200 5. */
    public static final int MTU_MIN = 1280;

    /** Extensions of one packet that are looked at; more than any sound packet has. */
    private static final int EXTENSIONS_MAX = 16;

    /**
     * Where the chain of extension headers ends.
     *
     * @param protocol what follows: the upper layer's number, or {@link #NO_NEXT}
     * @param at where it begins, relative to the IPv6 header
     * @param fragmentOffset the fragment's offset in bytes; 0 in a whole packet and in the first
     */
    public record Upper(int protocol, int at, int fragmentOffset) {}

    private Ipv6Header() {}

    /** The address at that index. */
    public static Ipv6Address address(ByteBuf bytes, int index) {
        return new Ipv6Address(bytes.getLong(index), bytes.getLong(index + 8));
    }

    /** Writes an address at that index. */
    public static void setAddress(ByteBuf bytes, int index, Ipv6Address address) {
        bytes.setLong(index, address.high());
        bytes.setLong(index + 8, address.low());
    }

    /**
     * Writes a header of 40 bytes at that index.
     *
     * @param trafficClass 0-255
     * @param payloadLength what follows the header, in bytes
     */
    public static void set(
            ByteBuf bytes,
            int index,
            int trafficClass,
            int payloadLength,
            int nextHeader,
            int hopLimit,
            Ipv6Address source,
            Ipv6Address destination) {
        bytes.setInt(index, 0x60000000 | trafficClass << 20);
        bytes.setShort(index + PAYLOAD_LENGTH_AT, payloadLength);
        bytes.setByte(index + NEXT_HEADER_AT, nextHeader);
        bytes.setByte(index + HOP_LIMIT_AT, hopLimit);
        setAddress(bytes, index + SOURCE_AT, source);
        setAddress(bytes, index + DESTINATION_AT, destination);
    }

    /**
     * Follows the extension headers of a packet. Behind a fragment that is not the first there is
     * no header any more, whatever the number says.
     *
     * @param length how many bytes there are from {@code index} on, at least 40
     * @throws WireException when the chain is too long or leads beyond the packet
     */
    public static Upper upper(ByteBuf bytes, int index, int length) throws WireException {
        int protocol = bytes.getUnsignedByte(index + NEXT_HEADER_AT);
        int at = BYTES;
        for (int i = 0; i < EXTENSIONS_MAX; i++) {
            if (at > length) {
                throw new WireException("IPv6 extension headers lead beyond the packet");
            }
            if (!isExtension(protocol)) {
                return new Upper(protocol, at, 0);
            }
            if (length < at + 8) {
                throw new WireException("IPv6 extension header " + protocol + " is cut off");
            }
            int next = bytes.getUnsignedByte(index + at);
            if (protocol == FRAGMENT) {
                int offset =
                        bytes.getUnsignedShort(index + at + FRAGMENT_OFFSET_AT)
                                & FRAGMENT_OFFSET_MASK;
                if (offset != 0) {
                    return new Upper(next, at + FRAGMENT_BYTES, offset);
                }
                at += FRAGMENT_BYTES;
            } else {
                int units = bytes.getUnsignedByte(index + at + 1);
                at += protocol == AUTHENTICATION ? (units + 2) << 2 : (units + 1) << 3;
            }
            protocol = next;
        }
        throw new WireException("more than " + EXTENSIONS_MAX + " IPv6 extension headers");
    }

    private static boolean isExtension(int protocol) {
        return protocol == HOP_BY_HOP
                || protocol == ROUTING
                || protocol == FRAGMENT
                || protocol == AUTHENTICATION
                || protocol == DESTINATION_OPTIONS;
    }
}
