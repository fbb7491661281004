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
        while (queue.nextDeadline() <= nanos) {
            now = Math.max(now, queue.nextDeadline());
            queue.fireOne(now);
        }
        now = Math.max(now, nanos);
    }

    /** {@link #runUntil} for a span from now. */
    public void runFor(long nanos) {
        runUntil(now + nanos);
    }
}
