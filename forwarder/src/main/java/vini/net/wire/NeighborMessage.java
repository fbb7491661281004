package vini.net.wire;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import vini.net.EtherAddress;
import vini.net.Ipv6Address;

/**
 * A neighbor solicitation or advertisement in its IPv6 packet, RFC 4861 4.3 and 4.4.
 *
 * @param type {@link Icmpv6Header#NEIGHBOR_SOLICITATION} or {@link
 *     Icmpv6Header#NEIGHBOR_ADVERTISEMENT}
 * @param flags {@link #ROUTER}, {@link #SOLICITED} and {@link #OVERRIDE} of an advertisement
 * @param target whose Ethernet address is asked for or told
 * @param linkLayer the Ethernet address of the sender (solicitation) or target (advertisement)
 */
public record NeighborMessage(
        int type,
        Ipv6Address source,
        Ipv6Address destination,
        int flags,
        Ipv6Address target,
        @Nullable EtherAddress linkLayer) {
    public static final int ROUTER = 0x80;
    public static final int SOLICITED = 0x40;
    public static final int OVERRIDE = 0x20;

    /** All nodes of the link. */
    public static final Ipv6Address ALL_NODES = new Ipv6Address(0xff02L << 48, 1);

    public static final Ipv6Address UNSPECIFIED = new Ipv6Address(0, 0);

    /** Without options. */
    private static final int MESSAGE_BYTES = 24;

    private static final int TARGET_AT = 8;
    private static final int OPTION_UNIT = 8;
    private static final int SOURCE_LINK_LAYER = 1;
    private static final int TARGET_LINK_LAYER = 2;

    /** Others cannot send it from elsewhere: no router has decremented it, RFC 4861 11.2. */
    private static final int HOP_LIMIT = 255;

    private static final long SOLICITED_NODE = 0x00000001_ff000000L;

    /** The group that the owner of an address listens to, RFC 4291 2.7.1. */
    public static Ipv6Address solicitedNode(Ipv6Address address) {
        return new Ipv6Address(ALL_NODES.high(), SOLICITED_NODE | address.low() & 0xffffff);
    }

    /** Whether it is a group's. */
    public static boolean isGroup(Ipv6Address address) {
        return address.high() >>> 56 == 0xff;
    }

    /** The Ethernet address of a group, RFC 2464 7. */
    public static EtherAddress etherGroup(Ipv6Address group) {
        return new EtherAddress(0x333300000000L | group.low() & 0xffffffffL);
    }

    /**
     * Reads a whole IPv6 packet, with all checks of RFC 4861 7.1.1 and 7.1.2.
     *
     * @param length how many bytes there are from {@code index} on; more than the packet's may be
     */
    public static NeighborMessage parse(ByteBuf bytes, int index, int length) throws WireException {
        if (length < Ipv6Header.BYTES + MESSAGE_BYTES || bytes.getUnsignedByte(index) >> 4 != 6) {
            throw new WireException("no IPv6 packet with a neighbor message");
        }
        int size = bytes.getUnsignedShort(index + Ipv6Header.PAYLOAD_LENGTH_AT);
        if (bytes.getUnsignedByte(index + Ipv6Header.NEXT_HEADER_AT) != Ipv6Header.ICMP
                || size < MESSAGE_BYTES
                || size > length - Ipv6Header.BYTES) {
            throw new WireException("no neighbor message of " + size + " bytes");
        }
        int message = index + Ipv6Header.BYTES;
        int type = bytes.getUnsignedByte(message);
        if (type != Icmpv6Header.NEIGHBOR_SOLICITATION
                && type != Icmpv6Header.NEIGHBOR_ADVERTISEMENT) {
            throw new WireException("ICMPv6 type " + type + " is no neighbor message");
        }
        if (bytes.getUnsignedByte(index + Ipv6Header.HOP_LIMIT_AT) != HOP_LIMIT
                || bytes.getByte(message + Icmpv6Header.CODE_AT) != 0
                || Icmpv6Header.checksum(bytes, index, message, size) != 0) {
            throw new WireException("neighbor message with a wrong hop limit, code or checksum");
        }
        NeighborMessage read =
                new NeighborMessage(
                        type,
                        Ipv6Header.address(bytes, index + Ipv6Header.SOURCE_AT),
                        Ipv6Header.address(bytes, index + Ipv6Header.DESTINATION_AT),
                        bytes.getUnsignedByte(message + Icmpv6Header.BODY_AT),
                        Ipv6Header.address(bytes, message + TARGET_AT),
                        linkLayer(bytes, message, size, option(type)));
        read.check();
        return read;
    }

    private static int option(int type) {
        return type == Icmpv6Header.NEIGHBOR_SOLICITATION ? SOURCE_LINK_LAYER : TARGET_LINK_LAYER;
    }

    private static @Nullable EtherAddress linkLayer(
            ByteBuf bytes, int message, int size, int wanted) throws WireException {
        EtherAddress found = null;
        int at = MESSAGE_BYTES;
        while (at < size) {
            int units = at + 2 > size ? 0 : bytes.getUnsignedByte(message + at + 1);
            if (units == 0 || at + units * OPTION_UNIT > size) {
                throw new WireException("option of a neighbor message with a wrong length");
            }
            if (bytes.getUnsignedByte(message + at) == wanted && units == 1) {
                found = new EtherAddress(EtherHeader.address(bytes, message + at + 2));
            }
            at += units * OPTION_UNIT;
        }
        return found;
    }

    private void check() throws WireException {
        boolean asks = type == Icmpv6Header.NEIGHBOR_SOLICITATION;
        if (isGroup(target)) {
            throw new WireException("the target of a neighbor message is a group");
        }
        if (asks && source.equals(UNSPECIFIED)) {
            if (linkLayer != null || !destination.equals(solicitedNode(target))) {
                throw new WireException("solicitation from nobody with a wrong address");
            }
        }
        if (!asks && isGroup(destination) && (flags & SOLICITED) != 0) {
            throw new WireException("solicited advertisement to a group");
        }
    }

    /** How many bytes {@link #set} writes. */
    public int bytes() {
        return Ipv6Header.BYTES + MESSAGE_BYTES + (linkLayer == null ? 0 : OPTION_UNIT);
    }

    /** Writes the whole IPv6 packet at {@code index}. */
    public void set(ByteBuf bytes, int index) {
        int size = bytes() - Ipv6Header.BYTES;
        Ipv6Header.set(bytes, index, 0, size, Ipv6Header.ICMP, HOP_LIMIT, source, destination);
        int message = index + Ipv6Header.BYTES;
        bytes.setByte(message, type);
        bytes.setByte(message + Icmpv6Header.CODE_AT, 0);
        bytes.setInt(message + Icmpv6Header.BODY_AT, flags << 24);
        Ipv6Header.setAddress(bytes, message + TARGET_AT, target);
        if (linkLayer != null) {
            bytes.setByte(message + MESSAGE_BYTES, option(type));
            bytes.setByte(message + MESSAGE_BYTES + 1, 1);
            EtherHeader.setAddress(bytes, message + MESSAGE_BYTES + 2, linkLayer.bits());
        }
        Icmpv6Header.seal(bytes, index, message, size);
    }
}
