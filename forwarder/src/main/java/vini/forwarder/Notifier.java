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
    private boolean active;

    /** A notifier that is, or is not, active at first. */
    public Notifier(boolean active) {
        this.active = active;
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
