package vini.forwarder.host.tcp;

/**
 * Ends the first slow start before it fills the queue: HyStart++, RFC 9406 4.2. When the least
 * round trip of a round is longer than that of the round before, the window grows by a quarter of
 * slow start for some rounds more (conservative slow start), and then slow start is over, unless
 * the round trip has become shorter again.
 */
final class HyStart {
    /** RFC 9406 4.3. */
    static final long RTT_THRESHOLD_MIN_NANOS = 4_000_000L;

    static final long RTT_THRESHOLD_MAX_NANOS = 16_000_000L;
    static final int RTT_DIVISOR = 8;
    static final int SAMPLES = 8;
    static final int GROWTH_DIVISOR = 4;
    static final int CONSERVATIVE_ROUNDS = 5;

    private static final long NONE = Long.MAX_VALUE;

    private long roundBytes;
    private long lastNanos = NONE;
    private long currentNanos = NONE;
    private int samples;
    private long baselineNanos = NONE;
    private int conservativeRounds;
    private boolean over;

    /** Whether slow start is to end now. */
    boolean isOver() {
        return over;
    }

    /** By what the growth of slow start is to be divided. */
    int divisor() {
        return baselineNanos == NONE ? 1 : GROWTH_DIVISOR;
    }

    /**
     * New data was acknowledged in slow start.
     *
     * @param flight bytes that were under way before
     * @param rttNanos the round trip that this acknowledgment tells, or -1
     */
    void acknowledged(long bytes, long flight, long rttNanos) {
        if (rttNanos >= 0) {
            currentNanos = Math.min(currentNanos, rttNanos);
            samples++;
            judge();
        }
        roundBytes -= bytes;
        if (roundBytes <= 0) {
            roundBytes = flight - bytes; // RFC 9406 4.2: windowEnd is SND.NXT
            nextRound();
        }
    }

    private void nextRound() {
        lastNanos = currentNanos;
        currentNanos = NONE;
        samples = 0;
        if (baselineNanos != NONE) {
            conservativeRounds++;
            over |= conservativeRounds >= CONSERVATIVE_ROUNDS;
        }
    }

    private void judge() {
        if (samples < SAMPLES) {
            return;
        }
        if (baselineNanos != NONE) {
            if (currentNanos < baselineNanos) {
                baselineNanos = NONE; // it was no queue: slow start goes on
            }
        } else if (lastNanos != NONE) {
            long threshold =
                    Math.clamp(
                            lastNanos / RTT_DIVISOR,
                            RTT_THRESHOLD_MIN_NANOS,
                            RTT_THRESHOLD_MAX_NANOS);
            if (currentNanos >= lastNanos + threshold) {
                baselineNanos = currentNanos;
                conservativeRounds = 0;
            }
        }
    }
}
