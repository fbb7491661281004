package vini.forwarder.host.tcp;

/**
 * cwnd and ssthresh with what all congestion controls do alike: slow start (RFC 5681 3.1) by
 * appropriate byte counting (RFC 3465), restart after a timeout and after idling (RFC 5681 4.1).
 */
final class CongestionWindow {
    /** RFC 6928 2. */
    static final int INITIAL_SEGMENTS = 10;

    int mss;
    long bytes;
    long threshold = Long.MAX_VALUE;
    private boolean afterTimeout;
    private long initial;

    CongestionWindow(int mss) {
        start(mss, INITIAL_SEGMENTS);
    }

    void start(int segmentBytes, int segments) {
        mss = segmentBytes;
        bytes = (long) segments * segmentBytes;
        initial = bytes;
    }

    /**
     * Grows by slow start where that is due; false in congestion avoidance. A window that is not
     * used says nothing about the path and does not grow (RFC 7661 is stricter).
     *
     * @param divisor for slower growth, else 1
     */
    boolean slowStart(long acknowledged, long flight, int divisor) {
        if (bytes >= threshold) {
            afterTimeout = false;
            return false;
        }
        if (bytes < 2 * flight) {
            int limit = afterTimeout ? mss : 2 * mss; // RFC 3465 2.3
            bytes += Math.min(acknowledged, limit) / divisor;
        }
        return true;
    }

    /** Whether what was under way filled the window. */
    boolean wasUsed(long flight) {
        return flight + mss > bytes;
    }

    /** Sets the threshold to a part of what was under way, at least two segments. */
    void reduce(double part, long flight) {
        threshold = Math.max((long) (part * Math.min(flight, bytes)), 2L * mss);
    }

    /** Whether no loss has ended slow start yet. */
    boolean isFirstSlowStart() {
        return threshold == Long.MAX_VALUE;
    }

    void timeout() {
        bytes = mss;
        afterTimeout = true;
    }

    void idle() {
        bytes = Math.min(bytes, initial);
    }
}
