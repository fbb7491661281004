package vini.forwarder.host.app;

import io.netty.buffer.ByteBuf;

/**
 * What stands at the beginning of each datagram of a measured flow: a mark, the flow, the number of
 * the datagram and when it was sent, on the monotonic clock that both ends of a machine share.
 */
final class UdpStamp {
    /** How long it is. */
    static final int BYTES = 24;

    /** "VINI". */
    private static final int MARK = 0x56494e49;

    private static final int MARK_AT = 0;
    private static final int FLOW_AT = 4;
    private static final int SEQUENCE_AT = 8;
    private static final int NANOS_AT = 16;

    private UdpStamp() {}

    /** Writes it to a place in a buffer, whose indexes do not change. */
    static void set(ByteBuf payload, int at, int flow, long sequence, long nanos) {
        payload.setInt(at + MARK_AT, MARK);
        payload.setInt(at + FLOW_AT, flow);
        payload.setLong(at + SEQUENCE_AT, sequence);
        payload.setLong(at + NANOS_AT, nanos);
    }

    /** Whether the readable bytes begin with a stamp of that flow. */
    static boolean isOf(ByteBuf payload, int flow) {
        int start = payload.readerIndex();
        return payload.readableBytes() >= BYTES
                && payload.getInt(start + MARK_AT) == MARK
                && payload.getInt(start + FLOW_AT) == flow;
    }

    static long sequence(ByteBuf payload) {
        return payload.getLong(payload.readerIndex() + SEQUENCE_AT);
    }

    static long nanos(ByteBuf payload) {
        return payload.getLong(payload.readerIndex() + NANOS_AT);
    }
}
