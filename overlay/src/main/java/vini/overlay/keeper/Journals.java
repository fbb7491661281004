package vini.overlay.keeper;

import vini.overlay.host.Worker;
import vini.overlay.world.World;

import java.util.ArrayList;
import java.util.List;

/** The journals of a slice's processes, as far as somebody follows them. On the worker. */
final class Journals {
    private static final long POLL_NANOS = 100_000_000L;

    private final Worker worker;
    private final List<JournalFeed> feeds = new ArrayList<>();

    Journals(Worker worker) {
        this.worker = worker;
    }

    /** From now on tells what the process's journal says, within 100 ms. */
    void follow(SupervisedProcess process, World.Listener listener) {
        if (feeds.isEmpty()) {
            worker.schedule(0, this::poll);
        }
        feeds.add(new JournalFeed(process, listener));
    }

    private void poll() {
        worker.schedule(POLL_NANOS, this::poll);
        catchUp();
    }

    /** Reads them now, so that nothing of the past is missing. */
    void catchUp() {
        feeds.forEach(JournalFeed::poll);
    }

    /** Lines that were overwritten before they were read. */
    long lost() {
        return feeds.stream().mapToLong(JournalFeed::lost).sum();
    }

    /** Another process has taken that one's place. */
    void restart(SupervisedProcess process) {
        feeds.stream().filter(feed -> feed.isOf(process)).forEach(JournalFeed::restart);
    }
}
