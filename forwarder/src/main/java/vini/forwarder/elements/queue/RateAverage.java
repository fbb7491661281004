package vini.forwarder.elements.queue;

/**
 * How many of something come a second, as an exponentially weighted moving average: what comes in
 * each {@link #EPOCH_NANOS 10 ms} counts for a sixteenth in it, so that it follows a change within
 * a few tenths of a second.
 */
final class RateAverage {
    /** How long is counted before the average moves. */
    static final long EPOCH_NANOS = 10_000_000;

    private static final double EPOCHS_PER_SECOND = 1e9 / EPOCH_NANOS;
    private static final double WEIGHT = 1.0 / 16;

    /** After so many empty epochs nothing is left of the average: (15/16)^1024 is about e^-66. */
    private static final long EPOCHS_TO_ZERO = 1024;

    private long epochEndsNanos;
    private long inEpoch;
    private double perEpoch;

    void begin(long now) {
        epochEndsNanos = now + EPOCH_NANOS;
    }

    /** Counts {@code amount} at {@code now}. */
    void add(long amount, long now) {
        move(now);
        inEpoch += amount;
    }

    /** The average at {@code now}. */
    double perSecond(long now) {
        move(now);
        return perEpoch * EPOCHS_PER_SECOND;
    }

    private void move(long now) {
        if (now < epochEndsNanos) {
            return;
        }
        long epochs = (now - epochEndsNanos) / EPOCH_NANOS + 1;
        epochEndsNanos += epochs * EPOCH_NANOS;
        for (long i = Math.min(epochs, EPOCHS_TO_ZERO); i > 0; i--) {
            perEpoch += (inEpoch - perEpoch) * WEIGHT;
            inEpoch = 0;
        }
        if (epochs >= EPOCHS_TO_ZERO) {
            perEpoch = 0;
        }
    }
}
