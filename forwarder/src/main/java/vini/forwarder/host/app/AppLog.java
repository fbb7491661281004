package vini.forwarder.host.app;

import java.util.ArrayList;
import java.util.List;

/**
 * What an app saw, numbered from 0: a ring of the latest records, and a count of those that nobody
 * can read any more.
 */
public final class AppLog {
    /** Enough for an hour of pings every 100 ms. */
    public static final int CAPACITY = 1 << 17;

    private final int capacity;
    private final ArrayList<AppRecord> ring = new ArrayList<>();
    private long next;

    public AppLog(int capacity) {
        this.capacity = capacity;
    }

    void add(AppRecord entry) {
        if (ring.size() < capacity) {
            ring.add(entry);
        } else {
            ring.set((int) (next % capacity), entry);
        }
        next++;
    }

    /** The number that the next record will have. */
    public long next() {
        return next;
    }

    /** How many of the oldest have been overwritten. */
    public long lost() {
        return next - ring.size();
    }

    /** The records from number {@code from} on that are still there, at most {@code max}. */
    public List<AppRecord> records(long from, int max) {
        List<AppRecord> records = new ArrayList<>();
        long first = Math.max(from, lost());
        for (long i = first; i < next && records.size() < max; i++) {
            records.add(ring.get((int) (i % capacity)));
        }
        return records;
    }

    /** All of {@link #records} as lines. */
    public List<String> lines(long from) {
        return records(from, Integer.MAX_VALUE).stream().map(AppRecord::line).toList();
    }
}
