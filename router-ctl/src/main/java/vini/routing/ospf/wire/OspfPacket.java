package vini.routing.ospf.wire;

import io.netty.buffer.ByteBuf;

import vini.net.Checksum;
import vini.net.wire.WireException;

/** A whole OSPF packet with null authentication: who sent it, in which area, and what. */
public record OspfPacket(int routerId, int areaId, OspfMessage message) {
    /**
     * Reads the packet at the reader index; bytes after its own length are ignored, because a link
     * local signalling block (RFC 5613) may stand there.
     */
    public static OspfPacket parse(ByteBuf in, LsaPool pool) throws WireException {
        OspfHeader header = OspfHeader.parse(in);
        if (header.authType() != 0) {
            throw new WireException(
                    "OSPF authentication type is " + header.authType() + ", want 0");
        }
        int start = in.readerIndex();
        checkChecksum(in, start, header.length());
        ByteBuf body = in.slice(start + OspfHeader.BYTES, header.length() - OspfHeader.BYTES);
        OspfMessage message =
                switch (header.type()) {
                    case HELLO -> Hello.parse(body);
                    case DATABASE_DESCRIPTION -> DatabaseDescription.parse(body);
                    case LINK_STATE_REQUEST -> LinkStateRequest.parse(body);
                    case LINK_STATE_UPDATE -> LinkStateUpdate.parse(body, pool);
                    case LINK_STATE_ACK -> LinkStateAck.parse(body);
                };
        return new OspfPacket(header.routerId(), header.areaId(), message);
    }

    /** Writes header and body at the writer index, length and checksum included. */
    public void emit(ByteBuf out) {
        int start = out.writerIndex();
        out.writeZero(OspfHeader.BYTES);
        message.emit(out);
        int end = out.writerIndex();
        out.writerIndex(start);
        new OspfHeader(message.type(), end - start, routerId, areaId, 0, 0).emit(out);
        out.writerIndex(end);
        out.setShort(start + OspfHeader.CHECKSUM_AT, Checksum.finish(sum(out, start, end - start)));
    }

    private static void checkChecksum(ByteBuf in, int start, int length) throws WireException {
        // The sum of a block that carries its own checksum complements to zero (RFC 1071).
        if (Checksum.finish(sum(in, start, length)) != 0) {
            throw new WireException("OSPF checksum does not hold");
        }
    }

    /** The sum over the packet without the 64 bits of authentication data, RFC 2328 D.4.1. */
    private static long sum(ByteBuf bytes, int start, int length) {
        return Checksum.sum(bytes, start, OspfHeader.AUTHENTICATION_AT)
                + Checksum.sum(bytes, start + OspfHeader.BYTES, length - OspfHeader.BYTES);
    }
}
