package vini.forwarder;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The signals of the process, for elements that act on them. Live, an {@link Outside} catches them;
 * in a virtual world there is nobody outside, and a signal comes when somebody sends it from
 * within. A signal that comes again before it was heard counts once.
 */
public final class Signals {
    /** The operating system's side of it. */
    public interface Outside {
        /**
         * Catches a signal from now on.
         *
         * @param name its name without SIG
         * @param onSignal runs on any thread, at each
         * @return what gives the signal back to whom it belonged before
         */
        Runnable listen(String name, Runnable onSignal) throws ConfigException;

        /** Sends a signal to a process. */
        void kill(int process, int signal) throws HandlerException;

        /** This process's number. */
        int processId();
    }

    /** What a process in a virtual world calls itself. */
    private static final int VIRTUAL_PROCESS = 1;

    /** Linux's signals on amd64 and arm64, from 1 on. */
    private static final List<String> NAMES =
            List.of(
                    ("HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT"
                                    + " CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF"
                                    + " WINCH IO PWR SYS")
                            .split(" ", -1));

    /** Those which a process does not notice unless it listens. */
    private static final Set<String> HARMLESS =
            new TreeSet<>(List.of("CHLD", "CONT", "URG", "WINCH"));

    /** Somebody who listens, on the thread of a loop. */
    private static final class Watch {
        final int signal;
        final Loop loop;
        final Runnable action;
        final AtomicBoolean pending = new AtomicBoolean();
        volatile boolean installed = true;
        @Nullable Runnable end;

        Watch(int signal, Loop loop, Runnable action) {
            this.signal = signal;
            this.loop = loop;
            this.action = action;
        }

        /** From any thread. */
        void came() {
            if (pending.compareAndSet(false, true)) {
                loop.later(this::hear);
            }
        }

        private void hear() {
            pending.set(false);
            if (installed) {
                action.run();
            }
        }
    }

    private final List<Watch> watches = new CopyOnWriteArrayList<>();
    private @Nullable Outside outside;

    /** Says where signals come from. */
    public void from(Outside source) {
        outside = source;
    }

    /** Reads a signal: {@code INT}, {@code SIGINT} or {@code 2}. */
    public static int number(String text) {
        String word = text.strip().toUpperCase(Locale.ROOT);
        if (word.matches("[0-9]{1,2}")) {
            int number = Integer.parseInt(word);
            if (number >= 1 && number <= NAMES.size()) {
                return number;
            }
        }
        int at = NAMES.indexOf(word.startsWith("SIG") ? word.substring(3) : word);
        if (at < 0) {
            throw new IllegalArgumentException("'" + text + "' is not a signal");
        }
        return at + 1;
    }

    /**
     * Listens for a signal, instead of what it does otherwise; several may.
     *
     * @param action runs on the loop's thread, soon after the signal
     * @return what ends it
     * @throws ConfigException the signal cannot be caught
     */
    public Runnable watch(int signal, Loop loop, Runnable action) throws ConfigException {
        Watch watch = new Watch(signal, loop, action);
        if (outside != null && watches.stream().noneMatch(other -> other.signal == signal)) {
            watch.end = outside.listen(NAMES.get(signal - 1), () -> came(signal));
        }
        watches.add(watch);
        return () -> end(watch);
    }

    private void end(Watch watch) {
        watch.installed = false;
        if (!watches.remove(watch)) {
            return;
        }
        for (Watch other : watches) {
            if (other.signal == watch.signal) {
                other.end = other.end == null ? watch.end : other.end;
                return;
            }
        }
        if (watch.end != null) {
            watch.end.run();
        }
    }

    private boolean came(int signal) {
        boolean heard = false;
        for (Watch watch : watches) {
            if (watch.signal == signal) {
                watch.came();
                heard = true;
            }
        }
        return heard;
    }

    /** This process's number; 1 in a virtual world. */
    public int processId() {
        return outside == null ? VIRTUAL_PROCESS : outside.processId();
    }

    /**
     * Sends a signal. In a virtual world there is but this process, and a signal that nobody
     * listens for ends the run unless it is harmless.
     */
    public void kill(int process, int signal, Driver driver) throws HandlerException {
        if (outside != null) {
            outside.kill(process, signal);
        } else if (process != VIRTUAL_PROCESS) {
            throw new HandlerException("there is no process " + process + " in the virtual world");
        } else if (!came(signal) && !HARMLESS.contains(NAMES.get(signal - 1))) {
            driver.end();
        }
    }
}
