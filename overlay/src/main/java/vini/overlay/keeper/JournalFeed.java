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
    private final Listener listener;
    private long next;
    private long lost;

    JournalFeed(SupervisedProcess process, Listener listener) {
        this.process = process;
        this.listener = listener;
    }

    boolean isOf(SupervisedProcess other) {
        return process.equals(other);
    }

    /** Another process has taken the place: its journal begins anew. */
    void restart() {
        next = 0;
    }

    /** Lines that were overwritten before they were read. */
    long lost() {
        return lost;
    }

    /** Reads all that is new; the process gives some thousand lines at a time. */
    void poll() {
        while (process.isReady() && pollSome()) {
            // There may be more.
        }
    }

    private boolean pollSome() {
        String text;
        try {
            text = process.control().read("journal", Long.toString(next));
        } catch (IOException e) {
            // It has died, which its supervisor tells.
            return false;
        }
        long before = next;
        for (String line : text.split("\n", -1)) {
            String[] word = line.split(" ", 4);
            if (word.length == 4) {
                long number = Long.parseLong(word[0]);
                lost += number - next;
                next = number + 1;
                listener.happened(Long.parseLong(word[1]), word[2], word[3]);
            }
        }
        return next > before;
    }
}
