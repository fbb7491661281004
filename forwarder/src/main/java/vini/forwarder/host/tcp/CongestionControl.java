package vini.forwarder.host.tcp;

/**
 * How much may be under way: slow start, congestion avoidance, fast retransmit and recovery (RFC
 * 5681, NewReno RFC 6582), limited transmit (RFC 3042), appropriate byte counting (RFC 3465) and an
 * initial window of ten (RFC 6928). Pure arithmetic on sequence numbers; all windows in bytes.
 */
final class CongestionControl {
    static final int INITIAL_SEGMENTS = 10;
    private static final int DUPLICATES_FOR_LOSS = 3;

    private int mss;
    private long window;
    private long threshold = Long.MAX_VALUE;
    private long recover;
    private boolean recovering;
    private boolean partialSeen;
    private int duplicates;
    private long countedBytes;

    CongestionControl(int mss, long firstSequence) {
        this.mss = mss;
        this.window = initialWindow();
        this.recover = firstSequence;
    }

    private long initialWindow() {
        return (long) INITIAL_SEGMENTS * mss;
    }

    /** How far beyond the first unacknowledged byte one may send. */
    long windowBytes() {
        boolean limitedTransmit = !recovering && duplicates < DUPLICATES_FOR_LOSS;
        return window + (limitedTransmit ? (long) duplicates * mss : 0);
    }

    long threshold() {
        return threshold;
    }

    boolean isRecovering() {
        return recovering;
    }

    /** The handshake has said what a segment is. */
    void start(int segmentBytes) {
        mss = segmentBytes;
        window = initialWindow();
    }

    /** A smaller segment size was found on the way. */
    void segmentSize(int bytes) {
        mss = bytes;
    }

    /**
     * An acknowledgment that acknowledges nothing new.
     *
     * @return whether the first unacknowledged segment is to be sent again
     */
    boolean duplicate(long una, long max) {
        duplicates++;
        if (recovering) {
            window += mss; // RFC 5681 3.2, 4: a segment has left the network
            return false;
        }
        if (duplicates != DUPLICATES_FOR_LOSS || una <= recover) {
            return false; // RFC 6582 3.2, 2: una <= recover: it may be our own repetition's echo
        }
        halve(max - una);
        window = threshold + (long) DUPLICATES_FOR_LOSS * mss;
        recover = max;
        recovering = true;
        partialSeen = false;
        return true;
    }

    /**
     * An acknowledgment of {@code bytes} up to {@code una}.
     *
     * @param flight what was under way before it
     * @return whether the first unacknowledged segment is to be sent again
     */
    boolean acknowledged(long bytes, long una, long max, long flight) {
        duplicates = 0;
        if (!recovering) {
            grow(bytes, una, flight);
            return false;
        }
        if (una >= recover) { // RFC 6582 3.2, 3: full
            recovering = false;
            window = Math.min(threshold, Math.max(max - una, mss) + mss);
            return false;
        }
        window = Math.max(mss, window - bytes + (bytes >= mss ? mss : 0)); // partial
        return true;
    }

    /**
     * Whether this partial acknowledgment is the first of its recovery: only it moves the timer.
     */
    boolean firstPartial() {
        boolean first = !partialSeen;
        partialSeen = true;
        return first;
    }

    private void grow(long bytes, long una, long flight) {
        if (window < threshold) {
            if (window < 2 * flight) { // a window that is not used says nothing (RFC 7661)
                int limit = una <= recover ? mss : 2 * mss; // RFC 3465 2.3
                window += Math.min(bytes, limit);
            }
        } else if (flight + mss > window) {
            countedBytes += bytes;
            if (countedBytes >= window) {
                countedBytes -= window;
                window += mss;
            }
        }
    }

    /**
     * The retransmission timer fired.
     *
     * @param again for the same segment, which keeps the threshold (RFC 5681 3.1)
     */
    void timeout(long una, long max, boolean again) {
        if (!again && !recovering) {
            halve(Math.min(max - una, window)); // in recovery it has been halved already
        }
        window = mss;
        recover = max;
        recovering = false;
        duplicates = 0;
        countedBytes = 0;
    }

    /** Nothing was sent for longer than the retransmission timeout (RFC 5681 4.1). */
    void idle() {
        window = Math.min(window, initialWindow());
    }

    private void halve(long flight) {
        threshold = Math.max(flight / 2, 2L * mss);
        countedBytes = 0;
    }
}
