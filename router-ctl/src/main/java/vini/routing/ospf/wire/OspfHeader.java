package vini.routing.ospf.wire;

import io.netty.buffer.ByteBuf;

import vini.net.wire.WireException;

/**
 * The 24-byte header of every OSPFv2 packet, RFC 2328 A.3.1.
 *
 * @param length header and body, in bytes
 * @param authType 0 for null authentication, the only kind that is spoken here
 */
public record OspfHeader(
        Type type, int length, int routerId, int areaId, int checksum, int authType) {
    public static final int BYTES = 24;

    static final int CHECKSUM_AT = 12;
    static final int AUTHENTICATION_AT = 16;

    private static final int VERSION = 2;
    private static final int VERSION_AT = 0;
    private static final int TYPE_AT = 1;
    private static final int LENGTH_AT = 2;
    private static final int ROUTER_ID_AT = 4;
    private static final int AREA_ID_AT = 8;
    private static final int AUTH_TYPE_AT = 14;

    /** Message types. */
    public enum Type {
        HELLO(1),
        DATABASE_DESCRIPTION(2),
        LINK_STATE_REQUEST(3),
        LINK_STATE_UPDATE(4),
        LINK_STATE_ACK(5);

        private final int code;

        Type(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        static Type of(int code) throws WireException {
            return switch (code) {
                case 1 -> HELLO;
                case 2 -> DATABASE_DESCRIPTION;
                case 3 -> LINK_STATE_REQUEST;
                case 4 -> LINK_STATE_UPDATE;
                case 5 -> LINK_STATE_ACK;
                default -> throw new WireException("OSPF type " + code + " is not 1-5");
            };
        }
    }

    /** Reads a header at the reader index and checks every length before it reads a field. */
    public static OspfHeader parse(ByteBuf in) throws WireException {
        int start = in.readerIndex();
        int available = in.readableBytes();
        if (available < BYTES) {
            throw new WireException("OSPF header needs " + BYTES + " bytes, got " + available);
        }
        int version = in.getUnsignedByte(start + VERSION_AT);
        if (version != VERSION) {
            throw new WireException("OSPF version is " + version + ", want " + VERSION);
        }
        int length = in.getUnsignedShort(start + LENGTH_AT);
        if (length < BYTES || length > available) {
            throw new WireException(
                    "OSPF length " + length + " is outside " + BYTES + "-" + available);
        }
        return new OspfHeader(
                Type.of(in.getUnsignedByte(start + TYPE_AT)),
                length,
                in.getInt(start + ROUTER_ID_AT),
                in.getInt(start + AREA_ID_AT),
                in.getUnsignedShort(start + CHECKSUM_AT),
                in.getUnsignedShort(start + AUTH_TYPE_AT));
    }

    /** Writes exactly {@link #BYTES} bytes; the eight of the authentication data are zero. */
    public void emit(ByteBuf out) {
        int start = out.writerIndex();
        out.writeZero(BYTES);
        out.setByte(start + VERSION_AT, VERSION);
        out.setByte(start + TYPE_AT, type.code());
        out.setShort(start + LENGTH_AT, length);
        out.setInt(start + ROUTER_ID_AT, routerId);
        out.setInt(start + AREA_ID_AT, areaId);
        out.setShort(start + CHECKSUM_AT, checksum);
        out.setShort(start + AUTH_TYPE_AT, authType);
    }
}
