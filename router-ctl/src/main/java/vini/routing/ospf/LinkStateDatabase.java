package vini.routing.ospf;

import org.jspecify.annotations.Nullable;

import vini.routing.ospf.wire.Lsa;
import vini.routing.ospf.wire.LsaKey;
import vini.time.Clock;
import vini.time.Timer;

import java.util.ArrayList;
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

    /** The same in bytes on the wire: a few huge LSAs must not do what many small ones cannot. */
    static final long BYTES_MAX = 32 << 20;

    /** Hears of LSAs that have grown too old. */
    interface Expiry {
        void expired(DatabaseEntry entry);
    }

    private final Clock clock;
    private final Expiry expiry;
    private final EntryTable entries = new EntryTable();
    private final Set<LsaKey> atMaxAge = new LinkedHashSet<>();
    private final Timer timer;
    private long timerAt = Long.MAX_VALUE;
    private long bytes;
    private int beyond;
    private long digest;

    LinkStateDatabase(Clock clock, Expiry expiry) {
        this.clock = clock;
        this.expiry = expiry;
        this.timer = clock.timer(this::expire);
    }

    @Nullable DatabaseEntry get(LsaKey key) {
        return entries.get(key);
    }

    /** All of them; who walks them changes nothing meanwhile. */
    EntryTable entries() {
        return entries;
    }

    /** Whether the LSA fits in, in place of any other instance. */
    boolean hasRoomFor(Lsa lsa) {
        DatabaseEntry before = entries.get(lsa.key());
        return before == null
                ? entries.size() < ENTRIES_MAX && bytes + lsa.length() <= BYTES_MAX
                : bytes - before.lsa().length() + lsa.length() <= BYTES_MAX;
    }

    /**
     * Equal for databases with the same instances, whatever their ages, and different for others as
     * far as 64 bits can tell. What is being flushed does not count. It is kept up with each
     * change, so asking costs nothing.
     */
    long digest() {
        return digest;
    }

    private static long digest(Lsa lsa) {
        long one = lsa.key().hashCode();
        one = one * 0x9e3779b97f4a7c15L + lsa.header().sequence();
        one = one * 0x9e3779b97f4a7c15L + lsa.header().checksum();
        return one ^ (one >>> 29);
    }

    /** Puts an instance in, in place of any other; returns that. */
    @Nullable DatabaseEntry install(DatabaseEntry entry) {
        DatabaseEntry before = entries.put(entry);
        discount(before);
        beyond += isBeyond(entry.key()) ? 1 : 0;
        bytes += entry.lsa().length();
        if (entry.isMaxAge(clock.nowNanos())) {
            atMaxAge.add(entry.key());
        } else {
            atMaxAge.remove(entry.key());
            digest += digest(entry.lsa());
            wakeAt(entry.maxAgeAt());
        }
        return before;
    }

    private static boolean isBeyond(LsaKey key) {
        return key.type() > LsaKey.NETWORK;
    }

    /** Whether there are LSAs about what lies beyond the area. */
    boolean hasMoreThanArea() {
        return beyond > 0;
    }

    void remove(LsaKey key) {
        discount(entries.remove(key));
        atMaxAge.remove(key);
    }

    /** Takes an entry out of the books; the set of those at MaxAge must know it still. */
    private void discount(@Nullable DatabaseEntry gone) {
        if (gone != null) {
            bytes -= gone.lsa().length();
            beyond -= isBeyond(gone.key()) ? 1 : 0;
            if (!atMaxAge.contains(gone.key())) {
                digest -= digest(gone.lsa());
            }
        }
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
        for (DatabaseEntry entry : entries) {
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
            digest -= digest(entry.lsa());
            atMaxAge.add(entry.key());
            expiry.expired(entry);
        }
    }
}
