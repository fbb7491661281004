package vini.overlay.keeper;

import java.io.IOException;

/** Reads the journal of one process bit by bit, and again from the start when it is another one. */
public final class JournalFeed {
    /** Hears of each line. */
    public interface Listener {
        /**
         * Something happened in the slice.
         *
         * @param nanos when, on the machine's monotonic clock
         * @param place {@code NODE} or {@code NODE/ELEMENT}
         * @param text such as {@code set 10.77.0.11/32 10.77.128.2} or {@code link silent}
         */
        void happened(long nanos, String place, String text);
    }

    private final SupervisedProcess process;
    private final JournalLines lines;

    JournalFeed(SupervisedProcess process, Listener listener) {
        this.process = process;
        this.lines = new JournalLines(listener);
    }

    boolean isOf(SupervisedProcess other) {
        return process.equals(other);
    }

    /** Another process has taken the place: its journal begins anew. */
    void restart() {
        lines.restart();
    }

    /** Lines that were overwritten before they were read. */
    long lost() {
        return lines.lost();
    }

    /** Reads all that is new; the process gives some thousand lines at a time. */
    void poll() {
        while (process.isReady() && pollSome()) {
            // There may be more.
        }
    }

    private boolean pollSome() {
        try {
            return lines.take(process.control().read("journal", Long.toString(lines.next())));
        } catch (IOException e) {
            // It has died, which its supervisor tells.
            return false;
        }
    }
}
