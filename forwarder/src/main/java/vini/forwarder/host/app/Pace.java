package vini.forwarder.host.app;

/**
 * When each packet of a constant rate is due: packet k at start + k x interval, where the interval
 * is a fraction of nanoseconds, so that no rate drifts by rounding.
 */
final class Pace {
    private static final long SECOND = 1_000_000_000L;
    private static final long BITS_PER_BYTE = 8;

    private static final long DENSE_NANOS = 100_000L;

    /** With less time than that between packets it pays to wait for some more. */
    private static final long CROWDED_NANOS = 25_000L;

    private static final long QUANTUM_NANOS = 250_000L;

    private final long whole;
    private final long part;
    private final long parts;
    private long dueNanos;
    private long fraction;

    private Pace(long numerator, long denominator, long startNanos) {
        this.whole = numerator / denominator;
        this.part = numerator % denominator;
        this.parts = denominator;
        this.dueNanos = startNanos;
    }

    /**
     * So many bits a second.
     *
     * @param bytes of a packet, its headers included
     */
    static Pace ofBits(long bitsPerSecond, int bytes, long startNanos) {
        return new Pace(bytes * BITS_PER_BYTE * SECOND, bitsPerSecond, startNanos);
    }

    /** So many packets a second. */
    static Pace ofPackets(long packetsPerSecond, long startNanos) {
        return new Pace(SECOND, packetsPerSecond, startNanos);
    }

    /** Whether so many come that a live loop should send several at a time. */
    boolean isDense() {
        return whole < DENSE_NANOS;
    }

    /**
     * How much longer a live loop may wait than the next packet would, for more to send at once.
     */
    long slackNanos() {
        return whole < CROWDED_NANOS ? QUANTUM_NANOS : 0;
    }

    /** When the next packet is due. */
    long dueNanos() {
        return dueNanos;
    }

    /** Goes on to the packet after it. */
    void advance() {
        dueNanos += whole;
        fraction += part;
        if (fraction >= parts) {
            fraction -= parts;
            dueNanos++;
        }
    }

    /** Goes on to the first packet that is due at that time or later; returns how many it left. */
    long skipTo(long nanos) {
        long skipped = 0;
        while (dueNanos < nanos) {
            advance();
            skipped++;
        }
        return skipped;
    }
}
