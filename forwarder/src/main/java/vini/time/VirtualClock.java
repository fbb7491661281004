package vini.time;

/**
 * A clock that stands still until it is driven; the same timers fire in the same order each time.
 */
public final class VirtualClock implements Clock {
    private final TimerQueue queue = new TimerQueue(this::nowNanos, deadline -> {});
    private long now;

    @Override
    public long nowNanos() {
        return now;
    }

    @Override
    public Timer timer(Runnable action) {
        return queue.timer(action);
    }

    /** The time of the earliest timer, or {@link TimerQueue#NONE}. */
    public long nextDeadline() {
        return queue.nextDeadline();
    }

    /** Fires all timers up to and including {@code nanos}, in order, and stops there. */
    public void runUntil(long nanos) {
        while (fireOne(nanos)) {}
        now = Math.max(now, nanos);
    }

    /**
     * Fires the earliest timer, and goes to its time, if that is not after {@code nanos}; false if
     * there is none. So a run can be bounded in which timers may be set for now without an end.
     */
    public boolean fireOne(long nanos) {
        if (queue.nextDeadline() > nanos) {
            return false;
        }
        now = Math.max(now, queue.nextDeadline());
        return queue.fireOne(now);
    }

    /** {@link #runUntil} for a span from now. */
    public void runFor(long nanos) {
        runUntil(now + nanos);
    }
}
