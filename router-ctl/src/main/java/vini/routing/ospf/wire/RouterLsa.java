package vini.routing.ospf.wire;

import io.netty.buffer.ByteBuf;

import vini.net.wire.WireException;

import java.util.ArrayList;
import java.util.List;

/**
 * A router's links, RFC 2328 A.4.2.
 *
 * @param flags as on the wire: 1 an area border, 2 an AS boundary router, 4 an end of a virtual
 *     link
 */
public record RouterLsa(int flags, List<Link> links) implements LsaBody {
    public static final int POINT_TO_POINT = 1;
    public static final int TRANSIT = 2;
    public static final int STUB = 3;

    /** The E bit of the flags: an AS boundary router. */
    public static final int BOUNDARY = 2;

    private static final int FIXED_BYTES = 4;
    private static final int FLAGS_AT = 0;
    private static final int COUNT_AT = 2;

    /**
     * One link.
     *
     * @param id the neighbour's router id, the designated router's address, or the stub's address
     * @param data our interface address; for a stub its mask
     * @param metric 0-65535
     */
    public record Link(int type, int id, int data, int metric) {
        private static final int BYTES = 12;
        private static final int ID_AT = 0;
        private static final int DATA_AT = 4;
        private static final int TYPE_AT = 8;
        private static final int TOS_COUNT_AT = 9;
        private static final int METRIC_AT = 10;
        private static final int TOS_BYTES = 4;
    }

    public RouterLsa {
        links = List.copyOf(links);
    }

    static RouterLsa parse(ByteBuf body) throws WireException {
        int length = body.readableBytes();
        if (length < FIXED_BYTES) {
            throw new WireException("router-LSA body has " + length + " bytes, want 4 or more");
        }
        int count = body.getUnsignedShort(COUNT_AT);
        if (count > (length - FIXED_BYTES) / Link.BYTES) {
            throw new WireException(
                    "router-LSA body of " + length + " bytes cannot hold " + count + " links");
        }
        List<Link> links = new ArrayList<>(count);
        int at = FIXED_BYTES;
        for (int i = 0; i < count; i++) {
            if (length - at < Link.BYTES) {
                throw new WireException("router-LSA ends inside link " + i);
            }
            links.add(
                    new Link(
                            body.getUnsignedByte(at + Link.TYPE_AT),
                            body.getInt(at + Link.ID_AT),
                            body.getInt(at + Link.DATA_AT),
                            body.getUnsignedShort(at + Link.METRIC_AT)));
            at += Link.BYTES + Link.TOS_BYTES * body.getUnsignedByte(at + Link.TOS_COUNT_AT);
        }
        if (at != length) {
            throw new WireException("router-LSA has " + (length - at) + " bytes besides its links");
        }
        return new RouterLsa(body.getUnsignedByte(FLAGS_AT), links);
    }

    /** Writes the body, without TOS metrics. */
    public void emit(ByteBuf out) {
        out.writeByte(flags).writeByte(0).writeShort(links.size());
        for (Link link : links) {
            out.writeInt(link.id()).writeInt(link.data());
            out.writeByte(link.type()).writeByte(0).writeShort(link.metric());
        }
    }
}
