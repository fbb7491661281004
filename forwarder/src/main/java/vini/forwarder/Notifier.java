package vini.forwarder;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells tasks whether it is worth while to try: a queue's <em>empty</em> notifier is active while
 * it has packets to pull, its <em>full</em> notifier while it has room for what is pushed. A task
 * that finds it inactive stops, and is scheduled again when it becomes active; so an idle graph
 * uses no processor.
 */
public final class Notifier {
    private final List<Task> listeners = new ArrayList<>();
    private final boolean alone;
    private boolean active;

    /** A notifier that is, or is not, active at first. */
    public Notifier(boolean active) {
        this(active, false);
    }

    private Notifier(boolean active, boolean alone) {
        this.active = active;
        this.alone = alone;
    }

    /**
     * A notifier of an element that listens itself to what stands behind it, since it does not pull
     * from all of its inputs, or holds packets back: nobody looks further.
     */
    public static Notifier alone(boolean active) {
        return new Notifier(active, true);
    }

    /** Whether it speaks for all that stands behind its port, too. */
    boolean isAlone() {
        return alone;
    }

    public boolean isActive() {
        return active;
    }

    /** Becomes active or inactive; who listens is scheduled when it becomes active. */
    public void set(boolean nowActive) {
        if (active != nowActive) {
            active = nowActive;
            if (active) {
                for (Task task : listeners) {
                    task.reschedule();
                }
            }
        }
    }

    void addListener(Task task) {
        listeners.add(task);
    }
}
