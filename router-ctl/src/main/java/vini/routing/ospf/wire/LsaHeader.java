package vini.routing.ospf.wire;

import io.netty.buffer.ByteBuf;

import vini.net.wire.WireException;

import java.util.ArrayList;
import java.util.List;

/**
 * The 20-byte header of an LSA, RFC 2328 A.4.1: enough to name an instance.
 *
 * @param age seconds; {@link #MAX_AGE} means that the LSA is being flushed
 * @param sequence signed: instances go up from {@link #INITIAL_SEQUENCE}
 * @param checksum of everything but the age, 0-65535
 * @param length header and body, in bytes
 */
public record LsaHeader(int age, int options, LsaKey key, int sequence, int checksum, int length) {
    public static final int BYTES = 20;

    /** Architectural constants, RFC 2328 appendix B; ages in seconds. */
    public static final int MAX_AGE = 3600;

    public static final int MAX_AGE_DIFF = 900;
    public static final int INITIAL_SEQUENCE = 0x80000001;
    public static final int MAX_SEQUENCE = 0x7fffffff;

    static final int AGE_AT = 0;
    static final int OPTIONS_AT = 2;
    static final int TYPE_AT = 3;
    static final int LINK_STATE_ID_AT = 4;
    static final int ADVERTISING_ROUTER_AT = 8;
    static final int SEQUENCE_AT = 12;
    static final int CHECKSUM_AT = 16;
    static final int LENGTH_AT = 18;

    /** Reads the header at index {@code at}, of which all bytes must be there. */
    static LsaHeader parse(ByteBuf in, int at) {
        return new LsaHeader(
                in.getUnsignedShort(at + AGE_AT),
                in.getUnsignedByte(at + OPTIONS_AT),
                new LsaKey(
                        in.getUnsignedByte(at + TYPE_AT),
                        in.getInt(at + LINK_STATE_ID_AT),
                        in.getInt(at + ADVERTISING_ROUTER_AT)),
                in.getInt(at + SEQUENCE_AT),
                in.getUnsignedShort(at + CHECKSUM_AT),
                in.getUnsignedShort(at + LENGTH_AT));
    }

    /** Reads headers from index {@code from} to the end; the caller has checked the length. */
    static List<LsaHeader> parseAll(ByteBuf in, int from) {
        int end = in.readableBytes();
        List<LsaHeader> headers = new ArrayList<>((end - from) / BYTES);
        for (int at = from; at < end; at += BYTES) {
            headers.add(parse(in, at));
        }
        return headers;
    }

    /** The length field of the LSA at index {@code at}, checked against what is there. */
    static int checkedLength(ByteBuf in, int at) throws WireException {
        int available = in.writerIndex() - at;
        if (available < BYTES) {
            throw new WireException("LSA header needs " + BYTES + " bytes, got " + available);
        }
        int length = in.getUnsignedShort(at + LENGTH_AT);
        if (length < BYTES || length > available) {
            throw new WireException(
                    "LSA length " + length + " is outside " + BYTES + "-" + available);
        }
        return length;
    }

    void emit(ByteBuf out) {
        out.writeShort(age).writeByte(options).writeByte(key.type());
        out.writeInt(key.linkStateId()).writeInt(key.advertisingRouter());
        out.writeInt(sequence).writeShort(checksum).writeShort(length);
    }

    public boolean isMaxAge() {
        return age >= MAX_AGE;
    }

    /**
     * Which of two instances is newer, RFC 2328 13.1: positive if this one, negative if {@code
     * other}, zero if they are the same instance.
     */
    public int newerThan(LsaHeader other) {
        if (sequence != other.sequence) {
            return Integer.compare(sequence, other.sequence);
        }
        if (checksum != other.checksum) {
            return Integer.compare(checksum, other.checksum);
        }
        if (isMaxAge() != other.isMaxAge()) {
            return isMaxAge() ? 1 : -1;
        }
        int older = other.age - age;
        return Math.abs(older) > MAX_AGE_DIFF ? older : 0;
    }
}
