package vini.forwarder.elements.standard;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A rate of events, averaged with weights that fall off exponentially: what is a second old weighs
 * 1/e of what is new. From its first event on it divides by the weight that there can be, so that a
 * steady rate reads right after the first moments, too.
 */
final class RateAverage {
    private static final int SLOTS_PER_SECOND = 64;
    private static final long SLOT_NANOS = 1_000_000_000L / SLOTS_PER_SECOND;
    private static final double SHARE = 1.0 / 64;

    /** After so many empty slots, more than a minute, nothing is left. */
    private static final long SLOTS_MAX = 4096;

    private long slot;
    private long inSlot;
    private double perSlot;
    private double weight;
    private boolean started;

    /** Counts {@code n} events at that time. */
    void add(long nowNanos, long n) {
        advance(nowNanos);
        inSlot += n;
    }

    /** Events a second. */
    double perSecond(long nowNanos) {
        if (started) {
            advance(nowNanos);
        }
        return weight == 0 ? 0 : perSlot / weight * SLOTS_PER_SECOND;
    }

    private void advance(long nowNanos) {
        long now = nowNanos / SLOT_NANOS;
        if (!started) {
            started = true;
            slot = now;
        }
        long passed = Math.min(now - slot, SLOTS_MAX);
        for (long i = 0; i < passed; i++) {
            perSlot += (inSlot - perSlot) * SHARE;
            weight += (1 - weight) * SHARE;
            inSlot = 0;
        }
        slot = Math.max(slot, now);
    }

    void reset() {
        started = false;
        inSlot = 0;
        perSlot = 0;
        weight = 0;
    }

    /** A rate as handlers write it: three digits of fraction at most. */
    static String text(double rate) {
        return BigDecimal.valueOf(rate)
                .setScale(3, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
