package vini.routing.ospf.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import vini.net.wire.WireException;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One instance of an LSA without its age: its bytes never change, so all routers of a process may
 * hold the same object. Who stores it keeps the age.
 */
public final class Lsa {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Everything, with a zero age. */
    private final byte[] bytes;

    private final LsaHeader header;
    private final LsaBody body;
    private final boolean checksumHolds;

    private Lsa(byte[] bytes, LsaHeader header, LsaBody body, boolean checksumHolds) {
        this.bytes = bytes;
        this.header = header;
        this.body = body;
        this.checksumHolds = checksumHolds;
    }

    /** Reads the LSA of {@code length} bytes (checked by the caller) at index {@code at}. */
    static Lsa parse(ByteBuf in, int at, int length) throws WireException {
        byte[] bytes = new byte[length];
        in.getBytes(at, bytes);
        bytes[LsaHeader.AGE_AT] = 0;
        bytes[LsaHeader.AGE_AT + 1] = 0;
        ByteBuf own = Unpooled.wrappedBuffer(bytes);
        LsaHeader header = LsaHeader.parse(own, 0);
        // RFC 2328 12.1.7: a checksum of zero is never right, even if the sums vanish.
        boolean holds =
                header.checksum() != 0
                        && Fletcher.holds(
                                bytes, LsaHeader.OPTIONS_AT, length - LsaHeader.OPTIONS_AT);
        ByteBuf body = own.slice(LsaHeader.BYTES, length - LsaHeader.BYTES);
        return new Lsa(
                bytes,
                header,
                holds ? parseBody(header.key().type(), body) : OpaqueBody.INSTANCE,
                holds);
    }

    private static LsaBody parseBody(int type, ByteBuf body) throws WireException {
        return switch (type) {
            case LsaKey.ROUTER -> RouterLsa.parse(body);
            case LsaKey.NETWORK -> NetworkLsa.parse(body);
            case LsaKey.SUMMARY_NETWORK, LsaKey.SUMMARY_ASBR -> SummaryLsa.parse(body);
            case LsaKey.AS_EXTERNAL -> ExternalLsa.parse(body);
            default -> OpaqueBody.INSTANCE;
        };
    }

    /** Makes the router-LSA of {@code routerId}, checksum included. */
    public static Lsa router(int routerId, int options, int sequence, RouterLsa body) {
        return of(LsaKey.router(routerId), options, sequence, body);
    }

    /**
     * Makes an LSA, checksum included.
     *
     * @param body of the key's type: a router-LSA's, summary-LSA's or AS-external-LSA's
     */
    public static Lsa of(LsaKey key, int options, int sequence, LsaBody body) {
        ByteBuf out = Unpooled.buffer(64).writeZero(LsaHeader.BYTES);
        switch (body) {
            case RouterLsa router -> router.emit(out);
            case SummaryLsa summary -> summary.emit(out);
            case ExternalLsa external -> external.emit(out);
            case NetworkLsa _, OpaqueBody _ ->
                    throw new IllegalArgumentException("nobody here originates " + key);
        }
        int length = out.writerIndex();
        out.writerIndex(0);
        new LsaHeader(0, options, key, sequence, 0, length).emit(out);
        byte[] bytes = Arrays.copyOf(out.array(), length);
        int checksum =
                Fletcher.of(
                        bytes,
                        LsaHeader.OPTIONS_AT,
                        length - LsaHeader.OPTIONS_AT,
                        LsaHeader.CHECKSUM_AT);
        bytes[LsaHeader.CHECKSUM_AT] = (byte) (checksum >>> 8);
        bytes[LsaHeader.CHECKSUM_AT + 1] = (byte) checksum;
        return new Lsa(
                bytes, new LsaHeader(0, options, key, sequence, checksum, length), body, true);
    }

    public LsaKey key() {
        return header.key();
    }

    public LsaBody body() {
        return body;
    }

    /** Whether the Fletcher checksum was right; if not, the LSA is to be thrown away. */
    public boolean checksumHolds() {
        return checksumHolds;
    }

    /** Header and body, in bytes. */
    public int length() {
        return bytes.length;
    }

    /** The header with a zero age. */
    public LsaHeader header() {
        return header;
    }

    /** The header with that age in seconds. */
    public LsaHeader header(int age) {
        return new LsaHeader(
                age,
                header.options(),
                header.key(),
                header.sequence(),
                header.checksum(),
                header.length());
    }

    /** Whether both say the same, age and instance aside: then no route can differ. */
    public boolean saysTheSameAs(Lsa other) {
        return header.options() == other.header.options()
                && Arrays.equals(
                        bytes,
                        LsaHeader.BYTES,
                        bytes.length,
                        other.bytes,
                        LsaHeader.BYTES,
                        other.bytes.length);
    }

    /** Writes all bytes with that age in the age field. */
    public void emit(ByteBuf out, int age) {
        out.writeShort(age).writeBytes(bytes, 2, bytes.length - 2);
    }

    /** Whether the bytes at {@code at} are those of this LSA, the age aside. */
    boolean isAt(ByteBuf in, int at, int length) {
        if (length != bytes.length) {
            return false;
        }
        int i = LsaHeader.OPTIONS_AT;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            if (in.getLong(at + i) != (long) LONGS.get(bytes, i)) {
                return false;
            }
        }
        for (; i < length; i++) {
            if (in.getByte(at + i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "LSA " + header.key() + " seq " + Integer.toHexString(header.sequence());
    }
}
