package vini.routing.ospf.wire;

import io.netty.buffer.ByteBuf;

import vini.net.wire.WireException;

import java.util.List;

/**
 * The Database Description packet's body, RFC 2328 A.3.3.
 *
 * @param mtu the largest IP packet that the sender's interface takes, in bytes
 * @param flags of {@link #INIT}, {@link #MORE} and {@link #MASTER}
 */
public record DatabaseDescription(
        int mtu, int options, int flags, int sequence, List<LsaHeader> headers)
        implements OspfMessage {
    public static final int MASTER = 1;
    public static final int MORE = 2;
    public static final int INIT = 4;

    /** The bytes before the LSA headers. */
    public static final int FIXED_BYTES = 8;

    private static final int MTU_AT = 0;
    private static final int OPTIONS_AT = 2;
    private static final int FLAGS_AT = 3;
    private static final int SEQUENCE_AT = 4;

    public DatabaseDescription {
        headers = List.copyOf(headers);
    }

    static DatabaseDescription parse(ByteBuf body) throws WireException {
        int length = body.readableBytes();
        if (length < FIXED_BYTES || (length - FIXED_BYTES) % LsaHeader.BYTES != 0) {
            throw new WireException("OSPF DD body has " + length + " bytes, want 8 + 20n");
        }
        return new DatabaseDescription(
                body.getUnsignedShort(MTU_AT),
                body.getUnsignedByte(OPTIONS_AT),
                body.getUnsignedByte(FLAGS_AT),
                body.getInt(SEQUENCE_AT),
                LsaHeader.parseAll(body, FIXED_BYTES));
    }

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    @Override
    public OspfHeader.Type type() {
        return OspfHeader.Type.DATABASE_DESCRIPTION;
    }

    @Override
    public void emit(ByteBuf out) {
        out.writeShort(mtu).writeByte(options).writeByte(flags).writeInt(sequence);
        headers.forEach(header -> header.emit(out));
    }
}
