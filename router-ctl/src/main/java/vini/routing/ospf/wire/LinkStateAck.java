package vini.routing.ospf.wire;

import io.netty.buffer.ByteBuf;

import vini.net.wire.WireException;

import java.util.List;

/** The Link State Acknowledgment packet's body, RFC 2328 A.3.6. */
public record LinkStateAck(List<LsaHeader> headers) implements OspfMessage {
    public LinkStateAck {
        headers = List.copyOf(headers);
    }

    static LinkStateAck parse(ByteBuf body) throws WireException {
        int length = body.readableBytes();
        if (length % LsaHeader.BYTES != 0) {
            throw new WireException("OSPF ack body has " + length + " bytes, want 20n");
        }
        return new LinkStateAck(LsaHeader.parseAll(body, 0));
    }

    @Override
    public OspfHeader.Type type() {
        return OspfHeader.Type.LINK_STATE_ACK;
    }

    @Override
    public void emit(ByteBuf out) {
        headers.forEach(header -> header.emit(out));
    }
}
