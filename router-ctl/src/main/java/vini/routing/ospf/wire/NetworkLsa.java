package vini.routing.ospf.wire;

import io.netty.buffer.ByteBuf;

import vini.net.wire.WireException;

import java.util.ArrayList;
import java.util.List;

/** The routers of a broadcast network, RFC 2328 A.4.3; its link state id is an address of it. */
public record NetworkLsa(int mask, List<Integer> attachedRouters) implements LsaBody {
    public NetworkLsa {
        attachedRouters = List.copyOf(attachedRouters);
    }

    static NetworkLsa parse(ByteBuf body) throws WireException {
        int length = body.readableBytes();
        if (length < 4 || length % 4 != 0) {
            throw new WireException("network-LSA body has " + length + " bytes, want 4 + 4n");
        }
        List<Integer> routers = new ArrayList<>(length / 4 - 1);
        for (int at = 4; at < length; at += 4) {
            routers.add(body.getInt(at));
        }
        return new NetworkLsa(body.getInt(0), routers);
    }
}
