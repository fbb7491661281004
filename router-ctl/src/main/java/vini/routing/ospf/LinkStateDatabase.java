package vini.routing.ospf;

import org.jspecify.annotations.Nullable;

import vini.routing.ospf.wire.LsaKey;
import vini.time.Clock;
import vini.time.Timer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The LSAs that a router knows, RFC 2328 12.2, in the order in which it came to know them. They age
 * without being touched: one timer waits for the oldest.
 */
final class LinkStateDatabase {
    /** No network of ours comes near; a hostile one must not fill the memory. */
    static final int ENTRIES_MAX = 200_000;

    /** Hears of LSAs that have grown too old. */
    interface Expiry {
        void expired(DatabaseEntry entry);
    }

    private final Clock clock;
    private final Expiry expiry;
    private final LinkedHashMap<LsaKey, DatabaseEntry> entries = new LinkedHashMap<>();
    private final Set<LsaKey> atMaxAge = new LinkedHashSet<>();
    private final Timer timer;
    private long timerAt = Long.MAX_VALUE;

    LinkStateDatabase(Clock clock, Expiry expiry) {
        this.clock = clock;
        this.expiry = expiry;
        this.timer = clock.timer(this::expire);
    }

    @Nullable DatabaseEntry get(LsaKey key) {
        return entries.get(key);
    }

    Collection<DatabaseEntry> entries() {
        return Collections.unmodifiableCollection(entries.values());
    }

    boolean isFull() {
        return entries.size() >= ENTRIES_MAX;
    }

    /** Puts an instance in, in place of any other; returns that. */
    @Nullable DatabaseEntry install(DatabaseEntry entry) {
        DatabaseEntry before = entries.put(entry.key(), entry);
        if (entry.isMaxAge(clock.nowNanos())) {
            atMaxAge.add(entry.key());
        } else {
            atMaxAge.remove(entry.key());
            wakeAt(entry.maxAgeAt());
        }
        return before;
    }

    void remove(LsaKey key) {
        entries.remove(key);
        atMaxAge.remove(key);
    }

    /** Those that are being flushed and wait for their acknowledgements. */
    List<LsaKey> atMaxAge() {
        return atMaxAge.isEmpty() ? List.of() : new ArrayList<>(atMaxAge);
    }

    /** Stops ageing. */
    void stop() {
        timer.cancel();
    }

    private void wakeAt(long nanos) {
        if (nanos < timerAt) {
            timerAt = nanos;
            timer.at(nanos);
        }
    }

    /** Refreshed LSAs have moved their time away meanwhile, so this looks for who is left. */
    private void expire() {
        long now = clock.nowNanos();
        timerAt = Long.MAX_VALUE;
        List<DatabaseEntry> due = new ArrayList<>();
        long next = Long.MAX_VALUE;
        for (DatabaseEntry entry : entries.values()) {
            if (!entry.isMaxAge(now)) {
                next = Math.min(next, entry.maxAgeAt());
            } else if (!atMaxAge.contains(entry.key())) {
                due.add(entry);
            }
        }
        if (next != Long.MAX_VALUE) {
            wakeAt(next);
        }
        for (DatabaseEntry entry : due) {
            atMaxAge.add(entry.key());
            expiry.expired(entry);
        }
    }
}
