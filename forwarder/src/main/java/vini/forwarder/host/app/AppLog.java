package vini.forwarder.host.app;

import vini.forwarder.Ring;

import java.util.List;

/**
 * What an app saw, numbered from 0: a ring of the latest records, and a count of those that nobody
 * can read any more.
 */
public final class AppLog {
    /** Enough for an hour of pings every 100 ms. */
    public static final int CAPACITY = 1 << 17;

    private final Ring<AppRecord> ring;

    public AppLog(int capacity) {
        ring = new Ring<>(capacity);
    }

    void add(AppRecord entry) {
        ring.add(entry);
    }

    /** The number that the next record will have. */
    public long next() {
        return ring.next();
    }

    /** How many of the oldest have been overwritten. */
    public long lost() {
        return ring.first();
    }

    /** The records from number {@code from} on that are still there, at most {@code max}. */
    public List<AppRecord> records(long from, int max) {
        return ring.from(from, max);
    }

    /** All of {@link #records} as lines. */
    public List<String> lines(long from) {
        return records(from, Integer.MAX_VALUE).stream().map(AppRecord::line).toList();
    }
}
