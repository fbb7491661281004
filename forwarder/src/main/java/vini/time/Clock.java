package vini.time;

/**
 * The only source of time for code that decides something. Live, an event loop stands behind it;
 * virtually, a {@link VirtualClock}. A clock belongs to one thread: it is used, and its timers
 * fire, on that thread only.
 */
public interface Clock {
    /** Monotonic nanoseconds; the origin means nothing. On one machine all processes share it. */
    long nowNanos();

    /**
     * The time of day in nanoseconds since 1970 (UTC, no leap seconds), for timestamps; it may
     * jump. A virtual clock says what {@link #nowNanos} says.
     */
    default long epochNanos() {
        return nowNanos();
    }

    /**
     * Makes a timer that runs {@code action} when it fires; it is not set yet and can be reused.
     */
    Timer timer(Runnable action);

    /** Makes a timer and sets it to fire {@code delayNanos} from now. */
    default Timer schedule(long delayNanos, Runnable action) {
        Timer timer = timer(action);
        timer.after(delayNanos);
        return timer;
    }
}
