package vini.forwarder.elements.rewrite;

/**
 * What a rewriter keeps of a flow, in one long: how checksums change, the outputs, the annotation
 * that replies get, and what has been seen of the flow.
 */
public final class FlowState {
    /** A packet, or of TCP one with data, has come in the forward direction. */
    static final int FORWARD_SEEN = 1;

    /** The same of the reply direction. */
    static final int REPLY_SEEN = 2;

    static final int BOTH_SEEN = FORWARD_SEEN | REPLY_SEEN;

    /** A FIN, or a reset, has come in the forward direction. */
    static final int FORWARD_DONE = 4;

    static final int REPLY_DONE = 8;
    static final int BOTH_DONE = FORWARD_DONE | REPLY_DONE;

    /** Packets counted up to 3, in two bits. */
    static final int COUNT_SHIFT = 4;

    static final int COUNT = 3 << COUNT_SHIFT;

    private FlowState() {}

    /**
     * A state in which nothing has been seen.
     *
     * @param ipDelta what rewriting forward adds to the IP header's sum
     * @param transportDelta what it adds to the sum of the transport part
     * @param annotation 0-255
     */
    static long of(
            int ipDelta, int transportDelta, int forwardOutput, int replyOutput, int annotation) {
        return (long) ipDelta << 48
                | (long) transportDelta << 32
                | (long) forwardOutput << 24
                | (long) replyOutput << 16
                | (long) annotation << 8;
    }

    /** What the IP header's sum gains in the direction of that reference. */
    static int ipDelta(long state, int reference) {
        return (int) (state >>> 48) ^ -(reference & 1) & 0xffff;
    }

    /** What the sum of the transport part gains in the direction of that reference. */
    static int transportDelta(long state, int reference) {
        // In ones' complement, the way back is the complement.
        return (int) (state >>> 32) & 0xffff ^ -(reference & 1) & 0xffff;
    }

    static int output(long state, int reference) {
        return (int) (state >>> ((reference & 1) == 0 ? 24 : 16)) & 0xff;
    }

    static int annotation(long state) {
        return (int) (state >>> 8) & 0xff;
    }

    /** What has been seen: the bits above. */
    static int seen(long state) {
        return (int) state & 0xff;
    }

    static long seen(long state, int seen) {
        return state & ~0xffL | seen;
    }

    /** What a sum gains when a 32-bit field changes (RFC 1624 3), folded to 16 bits. */
    public static int delta(int before, int after) {
        int old = ~before;
        int sum = (old >>> 16) + (old & 0xffff) + (after >>> 16) + (after & 0xffff);
        return fold(sum);
    }

    /** Folds a sum below 2^31 to 16 bits. */
    public static int fold(int sum) {
        int folded = (sum & 0xffff) + (sum >>> 16);
        return (folded & 0xffff) + (folded >>> 16);
    }

    /** The checksum field after its sum has gained that much; RFC 1624, equation 3. */
    public static int checksum(int field, int delta) {
        return ~fold((~field & 0xffff) + delta) & 0xffff;
    }
}
