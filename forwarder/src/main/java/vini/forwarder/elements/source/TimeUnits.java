package vini.forwarder.elements.source;

/**
 * In which units the packets of a pcapng interface say their time.
 *
 * @param resolution the option if_tsresol: a negative power of 10, or of 2 if the highest bit is
 *     set
 * @param offsetSeconds the option if_tsoffset, added to each time
 */
record TimeUnits(int resolution, long offsetSeconds) {
    static final TimeUnits MICROSECONDS = new TimeUnits(6, 0);

    private static final long SECOND = 1_000_000_000L;

    /** Nanoseconds since 1970, rounded down; what is no sensible time is some number. */
    long nanos(long ticks) {
        int power = resolution & 0x7f;
        long nanos = (resolution & 0x80) != 0 ? binary(ticks, power) : decimal(ticks, power);
        return nanos + offsetSeconds * SECOND;
    }

    private static long decimal(long ticks, int power) {
        long value = ticks;
        for (int i = power; i < 9; i++) {
            value *= 10;
        }
        for (int i = power; i > 9; i--) {
            value = Long.divideUnsigned(value, 10);
        }
        return value;
    }

    private static long binary(long ticks, int power) {
        if (power > 63) {
            return 0;
        }
        long seconds = power == 0 ? ticks : ticks >>> power;
        long fraction = power == 0 ? 0 : ticks & ((1L << power) - 1);
        // 2^33 parts of a second are finer than a nanosecond, and their product fits.
        int kept = Math.min(power, 33);
        fraction >>>= power - kept;
        return seconds * SECOND + (fraction * SECOND >>> kept);
    }
}
