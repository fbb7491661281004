package vini.experiment;

import org.jspecify.annotations.Nullable;

import vini.experiment.event.Deed;
import vini.experiment.event.Script;
import vini.overlay.world.World;
import vini.time.Clock;
import vini.time.Timer;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Carries out what is planned for a network, each act when it is due, on the world's thread. */
public final class Director {
    /** Hears what was done. */
    public interface Listener {
        /** Something is about to be done. */
        default void about() {}

        /**
         * Something was done.
         *
         * @param plannedNanos since the start
         * @param issuedNanos when it was asked of the world, on the clock
         */
        void done(long plannedNanos, long issuedNanos, Deed deed);

        /** Something could not be done. */
        void failed(long plannedNanos, long issuedNanos, Deed deed, IOException why);
    }

    private final World world;
    private final Clock clock;
    private final long startNanos;
    private final Deque<Script.Scheduled> acts;
    private final Listener listener;
    private final Timer timer;

    /**
     * Begins; what is due has happened when this returns.
     *
     * @param acts by time
     * @param startNanos t = 0 on the world's clock
     */
    public Director(World world, List<Script.Scheduled> acts, long startNanos, Listener listener) {
        this.world = world;
        this.clock = world.clock();
        this.startNanos = startNanos;
        this.acts = new ArrayDeque<>(acts);
        this.listener = listener;
        this.timer = clock.timer(this::work);
        work();
    }

    private void waitForNext() {
        Script.Scheduled next = acts.peek();
        if (next != null) {
            timer.at(startNanos + next.atNanos());
        }
    }

    private void work() {
        long now = clock.nowNanos() - startNanos;
        for (Script.Scheduled next = acts.peek();
                next != null && next.atNanos() <= now;
                next = acts.peek()) {
            carryOut(acts.remove());
        }
        waitForNext();
    }

    private void carryOut(Script.Scheduled next) {
        listener.about();
        long issued = clock.nowNanos();
        try {
            @Nullable Deed deed = next.act().effect().happen(world);
            if (deed != null) {
                listener.done(next.atNanos(), issued, deed);
            }
        } catch (IOException e) {
            listener.failed(next.atNanos(), issued, next.act().deed(), e);
        }
    }

    /** Whether nothing is left to be done. */
    public boolean isOver() {
        return acts.isEmpty();
    }

    /** Ends it now: does nothing more, and undoes what was done and was to be undone later. */
    public void end() {
        timer.cancel();
        for (Script.Scheduled next = acts.poll(); next != null; next = acts.poll()) {
            if (next.closing()) {
                undo(next);
            }
        }
    }

    private void undo(Script.Scheduled closing) {
        try {
            var _ = closing.act().effect().happen(world);
        } catch (IOException e) {
            listener.failed(closing.atNanos(), clock.nowNanos(), closing.act().deed(), e);
        }
    }
}
