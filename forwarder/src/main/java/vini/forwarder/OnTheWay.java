package vini.forwarder;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Knows who has packets on the way between graphs on different loops, so that the books of all
 * graphs can be read when none is.
 */
public final class OnTheWay {
    private final List<Runnable> carriers = new CopyOnWriteArrayList<>();

    /** Adds what lets all arrive that is on some way. */
    public void add(Runnable carrier) {
        carriers.add(carrier);
    }

    /** Lets all arrive; while the loops stand still. */
    void arrive() {
        carriers.forEach(Runnable::run);
    }
}
