package vini.routing.ospf;

import vini.routing.ospf.wire.LsaHeader;
import vini.routing.ospf.wire.LsaKey;
import vini.time.Timer;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * What was, or is to be, flooded to a neighbour and is not acknowledged: RFC 2328 13.6.
 *
 * <p>An LSA goes out at the end of the present instant, so that all that comes together travels
 * together, and again each RxmtInterval. A neighbour that is not of our own kind discards an
 * instance that comes within MinLSArrival (1 s) of the one before. For such a neighbour the list
 * holds the newer instance back until the older one has had its time there.
 */
final class RetransmissionList {
    /** MinLSArrival of RFC 2328 appendix B, and some more for the jitter of a link. */
    static final long FOREIGN_ARRIVAL_NANOS = 1_100_000_000L;

    private record Item(DatabaseEntry entry, long dueNanos) {}

    private final OspfRouter router;
    private final Neighbor neighbor;
    private final Timer timer;

    /** What is to go for the first time. */
    private final LinkedHashMap<LsaKey, Item> fresh = new LinkedHashMap<>();

    /** What has gone, the earliest to go again first: an LSA is here or in {@link #fresh}. */
    private final LinkedHashMap<LsaKey, Item> sent = new LinkedHashMap<>();

    /** When a foreign neighbour last got an instance, oldest first; none older than needed. */
    private final LinkedHashMap<LsaKey, Long> gotAt = new LinkedHashMap<>();

    private long timerAt = Long.MAX_VALUE;

    RetransmissionList(OspfRouter router, Neighbor neighbor) {
        this.router = router;
        this.neighbor = neighbor;
        this.timer = router.clock().timer(this::send);
    }

    int size() {
        return fresh.size() + sent.size();
    }

    boolean contains(LsaKey key) {
        return fresh.containsKey(key) || sent.containsKey(key);
    }

    /** Floods an instance to the neighbour, in place of any other of that LSA. */
    void add(DatabaseEntry entry) {
        long due = router.now();
        Long before = neighbor.isOwnKind() ? null : gotAt.get(entry.key());
        if (before != null) {
            due = Math.max(due, before + FOREIGN_ARRIVAL_NANOS);
        }
        remove(entry.key());
        fresh.put(entry.key(), new Item(entry, due));
        wakeAt(due);
    }

    /** Another instance is in the database now, so this one need not arrive. */
    void remove(LsaKey key) {
        if (fresh.remove(key) == null) {
            sent.remove(key);
        }
    }

    /** Whether the instance was waiting for this acknowledgement, which may be an implied one. */
    boolean acknowledge(LsaHeader header) {
        Item first = fresh.get(header.key());
        Item item = first != null ? first : sent.get(header.key());
        if (item == null || header.newerThan(item.entry.header(router.now())) != 0) {
            return false;
        }
        remove(header.key());
        return true;
    }

    /** The neighbour has some instance of the LSA since now, or since not long before. */
    void hasGot(LsaKey key) {
        if (neighbor.isOwnKind()) {
            return;
        }
        long now = router.now();
        Iterator<Long> oldest = gotAt.values().iterator();
        // The bound is for a hostile neighbour, who may describe millions of LSAs in a second.
        while (oldest.hasNext()
                && (now - oldest.next() > FOREIGN_ARRIVAL_NANOS
                        || gotAt.size() >= LinkStateDatabase.ENTRIES_MAX)) {
            oldest.remove();
        }
        gotAt.remove(key);
        gotAt.put(key, now);
    }

    void clear() {
        fresh.clear();
        sent.clear();
        timer.cancel();
        timerAt = Long.MAX_VALUE;
    }

    private void wakeAt(long nanos) {
        if (nanos < timerAt) {
            timerAt = nanos;
            timer.at(nanos);
        }
    }

    private void send() {
        long now = router.now();
        timerAt = Long.MAX_VALUE;
        List<DatabaseEntry> due = new ArrayList<>();
        long next = Long.MAX_VALUE;
        Iterator<Item> again = sent.values().iterator();
        while (next == Long.MAX_VALUE && again.hasNext()) {
            Item item = again.next();
            if (item.dueNanos > now) {
                next = item.dueNanos;
            } else {
                due.add(item.entry);
                again.remove();
            }
        }
        Iterator<Item> first = fresh.values().iterator();
        while (first.hasNext()) {
            Item item = first.next();
            if (item.dueNanos > now) {
                next = Math.min(next, item.dueNanos);
            } else {
                due.add(item.entry);
                first.remove();
            }
        }
        long interval = router.config().retransmitNanos();
        for (DatabaseEntry entry : due) {
            sent.put(entry.key(), new Item(entry, now + interval));
            hasGot(entry.key());
            next = Math.min(next, now + interval);
        }
        neighbor.link().sendUpdates(due);
        if (next != Long.MAX_VALUE) {
            wakeAt(next);
        }
    }
}
