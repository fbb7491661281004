package vini.net.wire;

import io.netty.buffer.ByteBuf;

/**
 * The TCP options that we speak: maximum segment size (RFC 9293 3.7.1), window scale and timestamps
 * (RFC 7323 2.2, 3.2). Others are skipped by their length.
 *
 * @param mss 1-65535, or {@link #ABSENT}
 * @param windowScale 0-14 (more is taken as 14, RFC 7323 2.3), or {@link #ABSENT}
 * @param timestamps whether the two that follow mean anything
 * @param timestampValue the sender's clock
 * @param timestampEcho what it last saw of ours
 */
public record TcpOptions(
        int mss, int windowScale, boolean timestamps, int timestampValue, int timestampEcho) {
    public static final int ABSENT = -1;
    public static final TcpOptions NONE = new TcpOptions(ABSENT, ABSENT, false, 0, 0);

    private static final int END = 0;
    private static final int NO_OPERATION = 1;
    private static final int MSS = 2;
    private static final int MSS_BYTES = 4;
    private static final int WINDOW_SCALE = 3;
    private static final int WINDOW_SCALE_BYTES = 3;
    private static final int WINDOW_SCALE_MAX = 14;
    private static final int TIMESTAMPS = 8;
    private static final int TIMESTAMPS_BYTES = 10;

    /** Reads {@code length} bytes of options; an option that runs over the end is the peer's. */
    public static TcpOptions parse(ByteBuf in, int start, int length) throws WireException {
        if (length == 0) {
            return NONE;
        }
        int mss = ABSENT;
        int scale = ABSENT;
        boolean timestamps = false;
        int value = 0;
        int echo = 0;
        int end = start + length;
        int at = start;
        while (at < end) {
            int kind = in.getUnsignedByte(at);
            if (kind == END) {
                break;
            }
            if (kind == NO_OPERATION) {
                at++;
                continue;
            }
            int size = at + 1 < end ? in.getUnsignedByte(at + 1) : 0;
            if (size < 2 || at + size > end) {
                throw new WireException("TCP option " + kind + " of length " + size + " is cut");
            }
            if (kind == MSS && size == MSS_BYTES) {
                mss = in.getUnsignedShort(at + 2);
            } else if (kind == WINDOW_SCALE && size == WINDOW_SCALE_BYTES) {
                scale = Math.min(in.getUnsignedByte(at + 2), WINDOW_SCALE_MAX);
            } else if (kind == TIMESTAMPS && size == TIMESTAMPS_BYTES) {
                timestamps = true;
                value = in.getInt(at + 2);
                echo = in.getInt(at + 6);
            }
            at += size;
        }
        return new TcpOptions(mss == 0 ? ABSENT : mss, scale, timestamps, value, echo);
    }

    /** How many bytes {@link #emit} writes: a multiple of 4. */
    public int bytes() {
        return (mss == ABSENT ? 0 : 4) + (windowScale == ABSENT ? 0 : 4) + (timestamps ? 12 : 0);
    }

    /** Writes the options, each padded in front to four bytes by no-operations. */
    public void emit(ByteBuf out) {
        if (mss != ABSENT) {
            out.writeByte(MSS).writeByte(MSS_BYTES).writeShort(mss);
        }
        if (windowScale != ABSENT) {
            out.writeByte(NO_OPERATION).writeByte(WINDOW_SCALE);
            out.writeByte(WINDOW_SCALE_BYTES).writeByte(windowScale);
        }
        if (timestamps) {
            out.writeByte(NO_OPERATION).writeByte(NO_OPERATION);
            out.writeByte(TIMESTAMPS).writeByte(TIMESTAMPS_BYTES);
            out.writeInt(timestampValue).writeInt(timestampEcho);
        }
    }
}
