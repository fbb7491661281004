package vini.forwarder;

import org.jspecify.annotations.Nullable;

import java.util.function.BooleanSupplier;

/**
 * Ends the run of the graphs of a process when an element says that it is over (a source that is at
 * its end and has STOP, a script), unless another element, DriverManager, has more to do.
 */
public final class Driver {
    private @Nullable BooleanSupplier manager;
    private Runnable onStop = () -> {};
    private @Nullable Loop home;
    private volatile boolean stopped;

    /** Forgets who is asked, and returns it. */
    public @Nullable BooleanSupplier takeManager() {
        BooleanSupplier before = manager;
        manager = null;
        return before;
    }

    /** Names who is asked, at each wish to stop, whether there is more to do. */
    public void manager(@Nullable BooleanSupplier moreToDo) {
        manager = moreToDo;
    }

    /** Whether somebody is asked. */
    public boolean hasManager() {
        return manager != null;
    }

    /** Forgets who is asked, if it is that one. */
    public void forget(BooleanSupplier moreToDo) {
        if (moreToDo.equals(manager)) {
            manager = null;
        }
    }

    /** Names the loop on which the manager is asked and the end comes, whoever wishes it. */
    public void home(Loop loop) {
        home = loop;
    }

    /** Says what is to happen at the end; at once where it has come. */
    public void onStop(Runnable action) {
        onStop = action;
        if (stopped) {
            action.run();
        }
    }

    /** Wishes that the run ends. */
    public void stop() {
        if (home == null) {
            ask();
        } else {
            boolean _ =
                    home.call(
                            () -> {
                                ask();
                                return true;
                            });
        }
    }

    private void ask() {
        if (!stopped && (manager == null || !manager.getAsBoolean())) {
            end();
        }
    }

    /** Ends the run, whatever the manager has to do. */
    public void end() {
        if (!stopped) {
            stopped = true;
            onStop.run();
        }
    }

    public boolean isStopped() {
        return stopped;
    }
}
