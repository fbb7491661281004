package vini.forwarder;

/**
 * Work of an element that asks to be done again and again, such as pulling from a queue: Click's
 * task. While it is scheduled its loop runs it, in turn with the others and in proportion to its
 * tickets (stride scheduling); it runs on until it does not schedule itself again.
 */
public final class Task {
    /** One run of a task: a bounded piece of work. */
    public interface Body {
        /** Does some work; true if there was any. To run again it schedules itself. */
        boolean run();
    }

    /** The tickets of a task that was given none. */
    public static final int TICKETS = 1024;

    /** The most tickets that a task can have. */
    public static final int TICKETS_MAX = 1 << 15;

    private static final long STRIDE = 1L << 32;

    private final TaskQueue queue;
    private final Body body;
    private int tickets = TICKETS;
    private boolean scheduled;
    private boolean ended;

    /** When its turn is, in strides; and among equals who was first. */
    long pass;

    long order;

    Task(TaskQueue queue, Body body) {
        this.queue = queue;
        this.body = body;
    }

    /** Asks to be run; nothing happens if it is scheduled already, or its element has ended. */
    public void reschedule() {
        if (!scheduled && !ended) {
            scheduled = true;
            queue.add(this);
        }
    }

    /** Takes the wish back. */
    public void unschedule() {
        if (scheduled) {
            scheduled = false;
            queue.remove(this);
        }
    }

    /** Whether it will run. */
    public boolean isScheduled() {
        return scheduled;
    }

    public int tickets() {
        return tickets;
    }

    /** Sets the share of the loop that it gets, 1 to {@link #TICKETS_MAX}. */
    public void tickets(int number) {
        tickets = Math.clamp(number, 1, TICKETS_MAX);
    }

    /** Never runs again. */
    void end() {
        unschedule();
        ended = true;
    }

    boolean run() {
        scheduled = false;
        pass += STRIDE / tickets;
        return body.run();
    }
}
