package vini.net.wire;

import io.netty.buffer.ByteBuf;

/**
 * The TCP options that we speak: maximum segment size (RFC 9293 3.7.1), window scale and timestamps
 * (RFC 7323 2.2, 3.2), selective acknowledgment (RFC 2018 2, 3). Others are skipped by their
 * length.
 *
 * <p>Made once and used for many segments, so that a segment costs no object; who keeps one takes a
 * {@link #copy}.
 */
public final class TcpOptions {
    public static final int ABSENT = -1;

    /** As many blocks as 40 bytes of options hold; with timestamps, one less. */
    public static final int SACK_BLOCKS_MAX = 4;

    private static final int END = 0;
    private static final int NO_OPERATION = 1;
    private static final int MSS = 2;
    private static final int MSS_BYTES = 4;
    private static final int WINDOW_SCALE = 3;
    private static final int WINDOW_SCALE_BYTES = 3;
    private static final int WINDOW_SCALE_MAX = 14;
    private static final int SACK_PERMITTED = 4;
    private static final int SACK_PERMITTED_BYTES = 2;
    private static final int SACK = 5;
    private static final int SACK_BYTES = 2;
    private static final int SACK_BLOCK_BYTES = 8;
    private static final int TIMESTAMPS = 8;
    private static final int TIMESTAMPS_BYTES = 10;
    private static final int OPTIONS_BYTES_MAX = 40;

    private int mss = ABSENT;
    private int windowScale = ABSENT;
    private boolean sackPermitted;
    private boolean timestamps;
    private int timestampValue;
    private int timestampEcho;

    /** Left and right edges of the blocks by turns. */
    private final int[] sackEdges = new int[2 * SACK_BLOCKS_MAX];

    private int sackBlocks;

    /** 1-65535, or {@link #ABSENT}. */
    public int mss() {
        return mss;
    }

    /** 0-14 (more is taken as 14, RFC 7323 2.3), or {@link #ABSENT}. */
    public int windowScale() {
        return windowScale;
    }

    public boolean sackPermitted() {
        return sackPermitted;
    }

    /** Whether {@link #timestampValue} and {@link #timestampEcho} mean anything. */
    public boolean timestamps() {
        return timestamps;
    }

    /** The sender's clock. */
    public int timestampValue() {
        return timestampValue;
    }

    /** What the sender last saw of ours. */
    public int timestampEcho() {
        return timestampEcho;
    }

    /** How many SACK blocks there are, 0-4; what they say is not checked. */
    public int sackBlocks() {
        return sackBlocks;
    }

    /** The first sequence number of a block. */
    public int sackLeft(int block) {
        return sackEdges[2 * block];
    }

    /** The sequence number behind a block. */
    public int sackRight(int block) {
        return sackEdges[2 * block + 1];
    }

    /** Forgets all. */
    public TcpOptions clear() {
        mss = ABSENT;
        windowScale = ABSENT;
        sackPermitted = false;
        timestamps = false;
        timestampValue = 0;
        timestampEcho = 0;
        sackBlocks = 0;
        return this;
    }

    public TcpOptions setMss(int bytes) {
        mss = bytes;
        return this;
    }

    public TcpOptions setWindowScale(int shift) {
        windowScale = shift;
        return this;
    }

    public TcpOptions permitSack() {
        sackPermitted = true;
        return this;
    }

    public TcpOptions setTimestamps(int value, int echo) {
        timestamps = true;
        timestampValue = value;
        timestampEcho = echo;
        return this;
    }

    /** For how many more blocks there is room. */
    public int sackRoom() {
        int used = bytes() + (sackBlocks == 0 ? 2 + SACK_BYTES : 0);
        return Math.min(
                SACK_BLOCKS_MAX - sackBlocks, (OPTIONS_BYTES_MAX - used) / SACK_BLOCK_BYTES);
    }

    /** Adds a block, for which there must be room. */
    public TcpOptions addSackBlock(int left, int right) {
        sackEdges[2 * sackBlocks] = left;
        sackEdges[2 * sackBlocks + 1] = right;
        sackBlocks++;
        return this;
    }

    /** The same in an object of its own. */
    public TcpOptions copy() {
        TcpOptions copy = new TcpOptions();
        copy.mss = mss;
        copy.windowScale = windowScale;
        copy.sackPermitted = sackPermitted;
        copy.timestamps = timestamps;
        copy.timestampValue = timestampValue;
        copy.timestampEcho = timestampEcho;
        copy.sackBlocks = sackBlocks;
        System.arraycopy(sackEdges, 0, copy.sackEdges, 0, sackEdges.length);
        return copy;
    }

    /**
     * Reads {@code length} bytes of options in place of what was here; an option that runs over the
     * end is the peer's fault.
     */
    public TcpOptions parse(ByteBuf in, int start, int length) throws WireException {
        clear();
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
            take(in, at, kind, size);
            at += size;
        }
        return this;
    }

    /** One whole option; one of a length that its kind does not have says nothing. */
    private void take(ByteBuf in, int at, int kind, int size) {
        if (kind == TIMESTAMPS && size == TIMESTAMPS_BYTES) {
            setTimestamps(in.getInt(at + 2), in.getInt(at + 6));
        } else if (kind == SACK && size > SACK_BYTES && size % SACK_BLOCK_BYTES == SACK_BYTES) {
            sackBlocks = 0;
            for (int block = at + SACK_BYTES; block < at + size; block += SACK_BLOCK_BYTES) {
                addSackBlock(in.getInt(block), in.getInt(block + 4));
            }
        } else if (kind == MSS && size == MSS_BYTES) {
            int said = in.getUnsignedShort(at + 2);
            mss = said == 0 ? ABSENT : said;
        } else if (kind == WINDOW_SCALE && size == WINDOW_SCALE_BYTES) {
            windowScale = Math.min(in.getUnsignedByte(at + 2), WINDOW_SCALE_MAX);
        } else if (kind == SACK_PERMITTED && size == SACK_PERMITTED_BYTES) {
            sackPermitted = true;
        }
    }

    /** How many bytes {@link #emit} writes: a multiple of 4. */
    public int bytes() {
        return (mss == ABSENT ? 0 : 4)
                + (windowScale == ABSENT ? 0 : 4)
                + (sackPermitted ? 4 : 0)
                + (timestamps ? 12 : 0)
                + (sackBlocks == 0 ? 0 : 2 + SACK_BYTES + sackBlocks * SACK_BLOCK_BYTES);
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
        if (sackPermitted) {
            out.writeByte(NO_OPERATION).writeByte(NO_OPERATION);
            out.writeByte(SACK_PERMITTED).writeByte(SACK_PERMITTED_BYTES);
        }
        if (timestamps) {
            out.writeByte(NO_OPERATION).writeByte(NO_OPERATION);
            out.writeByte(TIMESTAMPS).writeByte(TIMESTAMPS_BYTES);
            out.writeInt(timestampValue).writeInt(timestampEcho);
        }
        if (sackBlocks > 0) {
            out.writeByte(NO_OPERATION).writeByte(NO_OPERATION);
            out.writeByte(SACK).writeByte(SACK_BYTES + sackBlocks * SACK_BLOCK_BYTES);
            for (int i = 0; i < 2 * sackBlocks; i++) {
                out.writeInt(sackEdges[i]);
            }
        }
    }
}
