package vini.net.wire;

import io.netty.buffer.ByteBuf;

import vini.net.Checksum;

/** Offsets and numbers of ICMP, RFC 792; all indices are relative to the type field. */
public final class IcmpHeader {
    /** The part that echo and all errors have: type, code, checksum and four bytes of their own. */
    public static final int BYTES = 8;

    public static final int TYPE_AT = 0;
    public static final int CODE_AT = 1;
    public static final int CHECKSUM_AT = 2;
    public static final int ID_AT = 4;
    public static final int SEQUENCE_AT = 6;

    /** The next hop's MTU in "fragmentation needed", RFC 1191 4. */
    public static final int NEXT_HOP_MTU_AT = 6;

    public static final int ECHO_REPLY = 0;
    public static final int DESTINATION_UNREACHABLE = 3;
    public static final int ECHO_REQUEST = 8;
    public static final int TIME_EXCEEDED = 11;
    public static final int PARAMETER_PROBLEM = 12;

    public static final int HOST_UNREACHABLE = 1;
    public static final int PROTOCOL_UNREACHABLE = 2;
    public static final int PORT_UNREACHABLE = 3;
    public static final int FRAGMENTATION_NEEDED = 4;

    private IcmpHeader() {}

    /**
     * Checks the length and the checksum of a whole ICMP message, after which all fields above can
     * be read.
     */
    public static void check(ByteBuf bytes, int start, int length) throws WireException {
        if (length < BYTES) {
            throw new WireException("ICMP needs " + BYTES + " bytes, got " + length);
        }
        if (Checksum.of(bytes, start, length) != 0) {
            throw new WireException("ICMP checksum is wrong");
        }
    }

    /** Whether the type is one of the errors, which quote the packet that caused them. */
    public static boolean isError(int type) {
        return type == DESTINATION_UNREACHABLE
                || type == TIME_EXCEEDED
                || type == PARAMETER_PROBLEM
                || type == 4
                || type == 5;
    }

    /** Writes type, code, no checksum yet, and the two 16-bit words that follow it. */
    public static void emit(ByteBuf out, int type, int code, int id, int sequence) {
        out.writeByte(type).writeByte(code).writeShort(0).writeShort(id).writeShort(sequence);
    }

    /** Computes the checksum of a whole message that has been written. */
    public static void seal(ByteBuf bytes, int start, int length) {
        bytes.setShort(start + CHECKSUM_AT, 0);
        bytes.setShort(start + CHECKSUM_AT, Checksum.of(bytes, start, length));
    }
}
