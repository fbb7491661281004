package vini.forwarder.host.tcp;

/**
 * How long to wait for an acknowledgment, RFC 6298, with Linux's bounds: the variance term is at
 * least 200 ms (so that RTO = SRTT + 200 ms on a steady path) and the whole at most 120 s.
 */
final class RetransmissionTimer {
    static final long INITIAL_NANOS = 1_000_000_000L;
    static final long VARIANCE_MIN_NANOS = 200_000_000L;
    static final long MAX_NANOS = 120_000_000_000L;

    static final long AFTER_SYN_NANOS = 3_000_000_000L;

    private static final long UNMEASURED = -1;

    private long smoothedNanos = UNMEASURED;
    private long variationNanos;
    private long baseNanos = INITIAL_NANOS;
    private int backOffs;

    /** A round trip that was measured on a segment which was not sent twice (Karn). */
    void measured(long rttNanos) {
        if (smoothedNanos == UNMEASURED) {
            smoothedNanos = rttNanos;
            variationNanos = rttNanos / 2;
        } else {
            variationNanos += (Math.abs(smoothedNanos - rttNanos) - variationNanos) / 4;
            smoothedNanos += (rttNanos - smoothedNanos) / 8;
        }
        baseNanos = smoothedNanos + Math.max(VARIANCE_MIN_NANOS, 4 * variationNanos);
        backOffs = 0;
    }

    /** RFC 6298 5.5: it fired. */
    void backOff() {
        backOffs++;
    }

    /** RFC 6298 5.7: a SYN was lost, and nothing is known of the path but that. */
    void synWasLost() {
        if (smoothedNanos == UNMEASURED) {
            baseNanos = AFTER_SYN_NANOS;
            backOffs = 0;
        }
    }

    /** The peer has answered, if only that it has no room: the next wait is a first one. */
    void answered() {
        backOffs = 0;
    }

    boolean isBackedOff() {
        return backOffs > 0;
    }

    /** The next wait. */
    long nanos() {
        long doubled = backOffs > 20 ? MAX_NANOS : baseNanos << backOffs;
        return Math.min(doubled, MAX_NANOS);
    }

    /** SRTT, or -1 before the first measurement. */
    long smoothedNanos() {
        return smoothedNanos;
    }
}
