package vini.time;

import java.util.Arrays;

/**
 * Timers ordered by time, then by the order in which they were set: the heart of every clock, so
 * that the live and the virtual world fire the same timers in the same order. Not thread-safe.
 */
public final class TimerQueue {
    /** What {@link #nextDeadline()} says when nothing is set. */
    public static final long NONE = Long.MAX_VALUE;

    /** The time of the clock that owns the queue. */
    public interface Now {
        long nanos();
    }

    /** Hears that the earliest deadline has changed, so that a loop can move its one wake-up. */
    public interface DeadlineListener {
        void earliestIs(long nanos);
    }

    /** By which method a timer was set. */
    private enum Kind {
        AT,
        ABOUT,
        AHEAD
    }

    private final Now now;
    private final DeadlineListener listener;

    /** Whether all slack of {@link Timer#within} is taken. */
    private final boolean takesSlack;

    private QueuedTimer[] heap = new QueuedTimer[64];
    private int size;
    private long sequence;

    /** Timers that fire as soon as they may. */
    public TimerQueue(Now now, DeadlineListener listener) {
        this(now, listener, false);
    }

    private TimerQueue(Now now, DeadlineListener listener, boolean takesSlack) {
        this.now = now;
        this.listener = listener;
        this.takesSlack = takesSlack;
    }

    /** Timers of a live loop, for which each wake-up has its price. */
    public static TimerQueue ofLiveLoop(Now now, DeadlineListener listener) {
        return new TimerQueue(now, listener, true);
    }

    /** A timer of this queue, not set. */
    public Timer timer(Runnable action) {
        return new QueuedTimer(action);
    }

    /** The time of the earliest timer, or {@link #NONE}. */
    public long nextDeadline() {
        return size == 0 ? NONE : heap[0].deadline;
    }

    /** Whether the earliest timer was set by {@link Timer#about}; false if there is none. */
    public boolean nextIsAbout() {
        return size > 0 && heap[0].kind == Kind.ABOUT;
    }

    /** Whether the earliest timer was set by {@link Timer#ahead}; false if there is none. */
    public boolean nextIsAhead() {
        return size > 0 && heap[0].kind == Kind.AHEAD;
    }

    /** How many timers are set. */
    public int size() {
        return size;
    }

    /** Fires the earliest timer if it is due at {@code nanos}; false if there is none. */
    public boolean fireOne(long nanos) {
        if (size == 0 || heap[0].deadline > nanos) {
            return false;
        }
        QueuedTimer timer = heap[0];
        remove(timer);
        timer.action.run();
        return true;
    }

    private void add(QueuedTimer timer, long deadline, Kind kind) {
        timer.deadline = deadline;
        timer.kind = kind;
        timer.order = sequence++;
        if (timer.index < 0) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, size * 2);
            }
            place(timer, size++);
        }
        siftUp(timer);
        siftDown(timer);
        if (heap[0] == timer) {
            listener.earliestIs(deadline);
        }
    }

    @SuppressWarnings("NullAway") // slots beyond size are null, and nobody looks there
    private void remove(QueuedTimer timer) {
        int hole = timer.index;
        QueuedTimer last = heap[--size];
        heap[size] = null;
        timer.index = -1;
        if (last != timer) {
            place(last, hole);
            siftUp(last);
            siftDown(last);
        }
    }

    private void place(QueuedTimer timer, int index) {
        heap[index] = timer;
        timer.index = index;
    }

    private void siftUp(QueuedTimer timer) {
        while (timer.index > 0) {
            QueuedTimer parent = heap[(timer.index - 1) >>> 1];
            if (!timer.isBefore(parent)) {
                return;
            }
            swap(timer, parent);
        }
    }

    private void siftDown(QueuedTimer timer) {
        while (true) {
            int child = 2 * timer.index + 1;
            if (child >= size) {
                return;
            }
            if (child + 1 < size && heap[child + 1].isBefore(heap[child])) {
                child++;
            }
            if (!heap[child].isBefore(timer)) {
                return;
            }
            swap(heap[child], timer);
        }
    }

    private void swap(QueuedTimer a, QueuedTimer b) {
        int index = a.index;
        place(a, b.index);
        place(b, index);
    }

    private final class QueuedTimer implements Timer {
        private final Runnable action;
        private long deadline;
        private long order;
        private Kind kind = Kind.AT;
        private int index = -1;

        QueuedTimer(Runnable action) {
            this.action = action;
        }

        boolean isBefore(QueuedTimer other) {
            return deadline != other.deadline ? deadline < other.deadline : order < other.order;
        }

        @Override
        public void at(long nanos) {
            add(this, nanos, Kind.AT);
        }

        @Override
        public void about(long nanos) {
            add(this, nanos, Kind.ABOUT);
        }

        @Override
        public void ahead(long nanos) {
            add(this, nanos, Kind.AHEAD);
        }

        @Override
        public void within(long nanos, long slackNanos) {
            add(this, takesSlack ? nanos + slackNanos : nanos, Kind.ABOUT);
        }

        @Override
        public void after(long delayNanos) {
            long from = now.nanos();
            long nanos = from + Math.max(0, delayNanos);
            // A sum that overflows is so far away that it never comes.
            add(this, nanos < from ? NONE - 1 : nanos, Kind.AT);
        }

        @Override
        public void cancel() {
            if (index >= 0) {
                remove(this);
            }
        }

        @Override
        public long deadline() {
            return deadline;
        }

        @Override
        public boolean isSet() {
            return index >= 0;
        }
    }
}
