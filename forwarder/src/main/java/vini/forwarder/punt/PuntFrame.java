package vini.forwarder.punt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandler;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;

import vini.net.wire.WireException;

import java.nio.charset.StandardCharsets;

/**
 * One message between forwarder and router, on a byte stream: u16 length of what follows, u8 kind,
 * u8 length of the node's name, the name (ASCII), u16 link, then for a packet the whole IP packet.
 *
 * @param ipPacket the packet, a slice that shares its buffer; empty for carrier messages
 */
public record PuntFrame(Kind kind, String node, int link, ByteBuf ipPacket) {
    /** What a frame says. */
    public enum Kind {
        PACKET,
        CARRIER_UP,
        CARRIER_DOWN
    }

    private static final Kind[] KINDS = Kind.values();

    /** The bytes of the length field. */
    private static final int LENGTH_BYTES = 2;

    /** The largest value of the length field. */
    static final int BODY_BYTES_MAX = 65_535;

    private static final int FIXED_BYTES = 4;
    private static final int NAME_BYTES_MAX = 255;

    /** The longest packet that fits a frame whatever the node's name is. */
    public static final int PACKET_BYTES_MAX = BODY_BYTES_MAX - FIXED_BYTES - NAME_BYTES_MAX;

    /** Cuts a stream into frames without their length fields, for {@link #parse}; one a stream. */
    public static ChannelInboundHandler decoder() {
        return new LengthFieldBasedFrameDecoder(
                LENGTH_BYTES + BODY_BYTES_MAX, 0, LENGTH_BYTES, 0, LENGTH_BYTES);
    }

    /** Reads a frame whose length field has been read: exactly the readable bytes. */
    public static PuntFrame parse(ByteBuf body) throws WireException {
        int at = body.readerIndex();
        int length = body.readableBytes();
        if (length < FIXED_BYTES) {
            throw new WireException("punt frame needs " + FIXED_BYTES + " bytes, got " + length);
        }
        int kind = body.getUnsignedByte(at);
        if (kind >= KINDS.length) {
            throw new WireException("punt frame kind " + kind + " is not 0-2");
        }
        int name = body.getUnsignedByte(at + 1);
        if (length < FIXED_BYTES + name) {
            throw new WireException("punt frame of " + length + " bytes, name of " + name);
        }
        return new PuntFrame(
                KINDS[kind],
                body.toString(at + 2, name, StandardCharsets.US_ASCII),
                body.getUnsignedShort(at + 2 + name),
                body.slice(at + FIXED_BYTES + name, length - FIXED_BYTES - name));
    }

    /** Writes a frame with its length field. */
    public static void emit(ByteBuf out, Kind kind, String node, int link, ByteBuf ipPacket) {
        byte[] name = node.getBytes(StandardCharsets.US_ASCII);
        int body = FIXED_BYTES + name.length + ipPacket.readableBytes();
        if (name.length > NAME_BYTES_MAX || body > BODY_BYTES_MAX) {
            throw new IllegalArgumentException("a frame of " + body + " bytes for " + node);
        }
        out.writeShort(body).writeByte(kind.ordinal()).writeByte(name.length).writeBytes(name);
        out.writeShort(link);
        // Reading into it makes no view of either buffer, where writing into it makes three.
        out.ensureWritable(ipPacket.readableBytes());
        ipPacket.getBytes(ipPacket.readerIndex(), out, ipPacket.readableBytes());
    }

    /** Writes a carrier frame. */
    public static void emitCarrier(ByteBuf out, String node, int link, boolean up) {
        emit(out, up ? Kind.CARRIER_UP : Kind.CARRIER_DOWN, node, link, Unpooled.EMPTY_BUFFER);
    }
}
