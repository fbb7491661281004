package vini.time;

import java.util.ArrayList;
import java.util.List;

/**
 * The clock of something that may stand still for a while, or end at once: time goes on, but what
 * falls due while it stands still happens when it goes on, in the order in which it fell due, as
 * with a process that was stopped. When it has ended, nothing happens any more.
 */
public final class GatedClock implements Clock {
    private enum State {
        OPEN,
        HELD,
        ENDED
    }

    private final Clock clock;
    private final List<GatedTimer> due = new ArrayList<>();
    private State state = State.OPEN;

    /** A gate that is open, over a clock of the same thread. */
    public GatedClock(Clock clock) {
        this.clock = clock;
    }

    /** From now on timers wait. */
    public void hold() {
        if (state == State.OPEN) {
            state = State.HELD;
        }
    }

    /** Timers fire again; those that are due fire soon, but not from inside this call. */
    public void release() {
        if (state != State.HELD) {
            return;
        }
        state = State.OPEN;
        for (GatedTimer timer : due) {
            timer.waits = false;
            timer.inner.at(timer.inner.deadline());
        }
        due.clear();
    }

    /** No timer of this clock ever fires again. */
    public void end() {
        state = State.ENDED;
        due.clear();
    }

    /** Whether timers fire. */
    public boolean isOpen() {
        return state == State.OPEN;
    }

    @Override
    public long nowNanos() {
        return clock.nowNanos();
    }

    @Override
    public long epochNanos() {
        return clock.epochNanos();
    }

    @Override
    public Timer timer(Runnable action) {
        return new GatedTimer(action);
    }

    private final class GatedTimer implements Timer {
        private final Runnable action;
        private final Timer inner;

        /** Whether it is due, and among those that are. */
        private boolean waits;

        GatedTimer(Runnable action) {
            this.action = action;
            this.inner = clock.timer(this::fire);
        }

        private void fire() {
            switch (state) {
                case OPEN -> action.run();
                case HELD -> {
                    waits = true;
                    due.add(this);
                }
                case ENDED -> {}
            }
        }

        private void waitNoMore() {
            if (waits) {
                waits = false;
                due.remove(this);
            }
        }

        @Override
        public void at(long nanos) {
            waitNoMore();
            inner.at(nanos);
        }

        @Override
        public void about(long nanos) {
            waitNoMore();
            inner.about(nanos);
        }

        @Override
        public void within(long nanos, long slackNanos) {
            waitNoMore();
            inner.within(nanos, slackNanos);
        }

        @Override
        public void ahead(long nanos) {
            waitNoMore();
            inner.ahead(nanos);
        }

        @Override
        public void after(long delayNanos) {
            waitNoMore();
            inner.after(delayNanos);
        }

        @Override
        public void cancel() {
            waitNoMore();
            inner.cancel();
        }

        @Override
        public boolean isSet() {
            return waits || inner.isSet();
        }

        @Override
        public long deadline() {
            return inner.deadline();
        }
    }
}
