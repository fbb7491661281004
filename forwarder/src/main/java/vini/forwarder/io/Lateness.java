package vini.forwarder.io;

/**
 * How late the machine wakes a thread that sleeps until a given time: 15 us to 150 us, by how deep
 * its processor sleeps meanwhile. A loop that sleeps shorter by {@link #nanos()} and looks at its
 * descriptors for the rest is on time in about 16 of 17 cases, which is what a packet that crosses
 * six emulated links needs. Bounded, so that no timer costs more than {@link #MAX_NANOS} of
 * processor time, and an idle loop, which has no timers to speak of, none.
 */
final class Lateness {
    /** The most that a loop stays awake for a timer. */
    static final long MAX_NANOS = 150_000;

    private static final long UP_NANOS = 8_000;
    private static final long DOWN_NANOS = UP_NANOS / 16;

    private long nanos;

    /** What to subtract from a deadline. */
    long nanos() {
        return nanos;
    }

    /** A sleep that should have ended {@link #nanos()} before a deadline ended. */
    void wokeBeforeDeadline(long leftNanos) {
        nanos =
                leftNanos < 0
                        ? Math.min(MAX_NANOS, nanos + UP_NANOS)
                        : Math.max(0, nanos - DOWN_NANOS);
    }
}
