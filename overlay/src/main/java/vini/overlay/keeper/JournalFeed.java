package vini.overlay.keeper;

import vini.overlay.world.JournalLines;
import vini.overlay.world.World;

import java.io.IOException;

/** Reads the journal of one process bit by bit, and again from the start when it is another one. */
final class JournalFeed {
    private final SupervisedProcess process;
    private final JournalLines lines;

    JournalFeed(SupervisedProcess process, World.Listener listener) {
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
