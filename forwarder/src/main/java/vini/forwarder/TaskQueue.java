package vini.forwarder;

import vini.time.Clock;
import vini.time.Timer;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The scheduled tasks of one loop. It runs some, and then lets the loop look at its timers and
 * descriptors before it runs more; without tasks it costs nothing. A task that comes joins at the
 * turn of the one that runs, so that it neither waits for the past nor is owed for it.
 */
public final class TaskQueue {
    /** So many runs, of some microseconds each, between two looks at the descriptors. */
    private static final int RUNS = 64;

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(
                    Comparator.<Task>comparingLong(t -> t.pass).thenComparingLong(t -> t.order));
    private final Timer round;
    private long pass;
    private long order;

    /** The tasks of the loop with that clock. */
    public TaskQueue(Clock clock) {
        round = clock.timer(this::run);
    }

    /** A task, not scheduled. */
    Task task(Task.Body body) {
        return new Task(this, body);
    }

    void add(Task task) {
        task.pass = Math.max(task.pass, pass);
        task.order = order++;
        tasks.add(task);
        if (!round.isSet()) {
            round.after(0);
        }
    }

    void remove(Task task) {
        tasks.remove(task);
        if (tasks.isEmpty()) {
            round.cancel();
        }
    }

    private void run() {
        try {
            for (int i = 0; i < RUNS && !tasks.isEmpty(); i++) {
                Task task = tasks.remove();
                pass = task.pass;
                task.run();
            }
        } finally {
            // Also when a task has failed: the others are not to suffer for it.
            if (!tasks.isEmpty()) {
                round.after(0);
            }
        }
    }
}
