package vini.routing.ospf.wire;

import io.netty.buffer.ByteBuf;

import vini.net.wire.WireException;

import java.util.ArrayList;
import java.util.List;

/**
 * The Hello packet's body, RFC 2328 A.3.2.
 *
 * @param helloSeconds 0-65535
 * @param deadSeconds as an unsigned 32-bit number
 * @param neighbors the router ids of those from whom hellos were seen recently
 */
public record Hello(
        int networkMask,
        int helloSeconds,
        int options,
        int priority,
        int deadSeconds,
        int designatedRouter,
        int backupDesignatedRouter,
        List<Integer> neighbors)
        implements OspfMessage {
    private static final int FIXED_BYTES = 20;
    private static final int NETWORK_MASK_AT = 0;
    private static final int HELLO_INTERVAL_AT = 4;
    private static final int OPTIONS_AT = 6;
    private static final int PRIORITY_AT = 7;
    private static final int DEAD_INTERVAL_AT = 8;
    private static final int DESIGNATED_ROUTER_AT = 12;
    private static final int BACKUP_AT = 16;

    public Hello {
        neighbors = List.copyOf(neighbors);
    }

    static Hello parse(ByteBuf body) throws WireException {
        int length = body.readableBytes();
        if (length < FIXED_BYTES || length % 4 != 0) {
            throw new WireException("OSPF hello body has " + length + " bytes, want 20 + 4n");
        }
        List<Integer> neighbors = new ArrayList<>((length - FIXED_BYTES) / 4);
        for (int at = FIXED_BYTES; at < length; at += 4) {
            neighbors.add(body.getInt(at));
        }
        return new Hello(
                body.getInt(NETWORK_MASK_AT),
                body.getUnsignedShort(HELLO_INTERVAL_AT),
                body.getUnsignedByte(OPTIONS_AT),
                body.getUnsignedByte(PRIORITY_AT),
                body.getInt(DEAD_INTERVAL_AT),
                body.getInt(DESIGNATED_ROUTER_AT),
                body.getInt(BACKUP_AT),
                neighbors);
    }

    @Override
    public OspfHeader.Type type() {
        return OspfHeader.Type.HELLO;
    }

    @Override
    public void emit(ByteBuf out) {
        out.writeInt(networkMask).writeShort(helloSeconds).writeByte(options).writeByte(priority);
        out.writeInt(deadSeconds).writeInt(designatedRouter).writeInt(backupDesignatedRouter);
        for (int neighbor : neighbors) {
            out.writeInt(neighbor);
        }
    }
}
