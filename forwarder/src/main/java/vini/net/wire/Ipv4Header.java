package vini.net.wire;

import io.netty.buffer.ByteBuf;

import vini.net.Checksum;

/**
 * Offsets and numbers of the IPv4 header, RFC 791 3.1; all indices are relative to its first byte.
 */
public final class Ipv4Header {
    public static final int BYTES = 20;

    public static final int VERSION_IHL_AT = 0;
    public static final int TOS_AT = 1;
    public static final int TOTAL_LENGTH_AT = 2;
    public static final int ID_AT = 4;
    public static final int FRAGMENT_AT = 6;
    public static final int TTL_AT = 8;
    public static final int PROTOCOL_AT = 9;
    public static final int CHECKSUM_AT = 10;
    public static final int SOURCE_AT = 12;
    public static final int DESTINATION_AT = 16;

    public static final int DONT_FRAGMENT = 0x4000;
    public static final int MORE_FRAGMENTS = 0x2000;
    public static final int FRAGMENT_OFFSET_MASK = 0x1fff;

    public static final int ICMP = 1;
    public static final int TCP = 6;
    public static final int UDP = 17;
    public static final int OSPF = 89;

    /** RFC 791 precedence "internetwork control", which OSPF uses (RFC 2328 4.3). */
    public static final int TOS_INTERNETWORK_CONTROL = 0xc0;

    private Ipv4Header() {}

    /** The header's length in bytes, from the IHL field; 0-60. */
    public static int headerLength(ByteBuf bytes, int start) {
        return (bytes.getByte(start + VERSION_IHL_AT) & 0x0f) << 2;
    }

    /**
     * Writes a 20-byte header at the writer index, checksum included.
     *
     * @param totalLength header and payload, in bytes
     * @param fragment flags and offset, as in the field
     */
    public static void emit(
            ByteBuf out,
            int tos,
            int totalLength,
            int id,
            int fragment,
            int ttl,
            int protocol,
            int source,
            int destination) {
        int start = out.writerIndex();
        out.writeByte(0x45).writeByte(tos).writeShort(totalLength);
        out.writeShort(id).writeShort(fragment);
        out.writeByte(ttl).writeByte(protocol).writeShort(0);
        out.writeInt(source).writeInt(destination);
        out.setShort(start + CHECKSUM_AT, Checksum.of(out, start, BYTES));
    }
}
