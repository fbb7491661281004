package vini.routing.ospf.wire;

import io.netty.buffer.ByteBuf;

import vini.net.wire.WireException;

import java.util.ArrayList;
import java.util.List;

/** The Link State Request packet's body, RFC 2328 A.3.4. */
public record LinkStateRequest(List<LsaKey> keys) implements OspfMessage {
    /** The bytes of one requested LSA. */
    public static final int ENTRY_BYTES = 12;

    private static final int TYPE_AT = 0;
    private static final int LINK_STATE_ID_AT = 4;
    private static final int ADVERTISING_ROUTER_AT = 8;

    public LinkStateRequest {
        keys = List.copyOf(keys);
    }

    static LinkStateRequest parse(ByteBuf body) throws WireException {
        int length = body.readableBytes();
        if (length % ENTRY_BYTES != 0) {
            throw new WireException("OSPF request body has " + length + " bytes, want 12n");
        }
        List<LsaKey> keys = new ArrayList<>(length / ENTRY_BYTES);
        for (int at = 0; at < length; at += ENTRY_BYTES) {
            keys.add(
                    new LsaKey(
                            body.getInt(at + TYPE_AT),
                            body.getInt(at + LINK_STATE_ID_AT),
                            body.getInt(at + ADVERTISING_ROUTER_AT)));
        }
        return new LinkStateRequest(keys);
    }

    @Override
    public OspfHeader.Type type() {
        return OspfHeader.Type.LINK_STATE_REQUEST;
    }

    @Override
    public void emit(ByteBuf out) {
        for (LsaKey key : keys) {
            out.writeInt(key.type()).writeInt(key.linkStateId()).writeInt(key.advertisingRouter());
        }
    }
}
