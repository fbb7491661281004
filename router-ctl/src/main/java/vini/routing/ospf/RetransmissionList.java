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

    /** One LSA that is to go; the ring that it is in is told by its neighbours there. */
    private static final class Item {
        final DatabaseEntry entry;
        long dueNanos;
        Item before = this;
        Item after = this;

        Item(DatabaseEntry entry, long dueNanos) {
            this.entry = entry;
            this.dueNanos = dueNanos;
        }

        void unlink() {
            before.after = after;
            after.before = before;
        }

        /** Becomes the last of the ring whose head that is. */
        void appendTo(Item head) {
            before = head.before;
            after = head;
            before.after = this;
            head.before = this;
        }
    }

    private final OspfRouter router;
    private final Neighbor neighbor;
    private final Timer timer;

    /** An empty table of more places is given back: there are as many lists as ends of links. */
    private static final int PLACES_KEPT = 64;

    /** Each LSA is in one of the two rings. */
    private LinkedHashMap<LsaKey, Item> items = new LinkedHashMap<>(); // never walked

    /** The most that {@link #items} has held since it is what it is. */
    private int most;

    /** The head of what is to go for the first time. */
    private final Item fresh;

    /** The head of what has gone, the earliest to go again first. */
    private final Item sent;

    /** When a foreign neighbour last got an instance, oldest first; none older than needed. */
    private final LinkedHashMap<LsaKey, Long> gotAt = new LinkedHashMap<>();

    private long timerAt = Long.MAX_VALUE;

    RetransmissionList(OspfRouter router, Neighbor neighbor) {
        this.router = router;
        this.neighbor = neighbor;
        this.timer = router.clock().timer(this::send);
        this.fresh = head();
        this.sent = head();
    }

    @SuppressWarnings("NullAway") // a head has no entry, and nobody asks for it
    private static Item head() {
        return new Item(null, Long.MAX_VALUE);
    }

    int size() {
        return items.size();
    }

    boolean contains(LsaKey key) {
        return items.containsKey(key);
    }

    /** Floods an instance to the neighbour, in place of any other of that LSA. */
    void add(DatabaseEntry entry) {
        long due = router.now();
        Long before = neighbor.isOwnKind() ? null : gotAt.get(entry.key());
        if (before != null) {
            due = Math.max(due, before + FOREIGN_ARRIVAL_NANOS);
        }
        Item item = new Item(entry, due);
        Item older = items.put(entry.key(), item);
        if (older != null) {
            older.unlink();
        }
        item.appendTo(fresh);
        most = Math.max(most, items.size());
        wakeAt(due);
    }

    /** Another instance is in the database now, so this one need not arrive. */
    void remove(LsaKey key) {
        Item item = items.remove(key);
        if (item != null) {
            item.unlink();
            giveBack();
        }
    }

    private void giveBack() {
        if (items.isEmpty() && most > PLACES_KEPT) {
            items = new LinkedHashMap<>();
            most = 0;
        }
    }

    /** Whether the instance was waiting for this acknowledgement, which may be an implied one. */
    boolean acknowledge(LsaHeader header) {
        Item item = items.get(header.key());
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
        items.clear();
        giveBack();
        for (Item head : List.of(fresh, sent)) {
            head.before = head;
            head.after = head;
        }
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
        List<Item> due = new ArrayList<>();
        for (Item item = sent.after; item.dueNanos <= now; item = item.after) {
            due.add(item); // The head is due never.
        }
        long next = due.isEmpty() ? sent.after.dueNanos : due.getLast().after.dueNanos;
        for (Item item = fresh.after; item != fresh; item = item.after) {
            if (item.dueNanos > now) {
                next = Math.min(next, item.dueNanos);
            } else {
                due.add(item);
            }
        }
        long again = now + router.config().retransmitNanos();
        List<DatabaseEntry> entries = new ArrayList<>(due.size());
        for (Item item : due) {
            item.unlink();
            item.dueNanos = again;
            item.appendTo(sent);
            hasGot(item.entry.key());
            entries.add(item.entry);
            next = Math.min(next, again);
        }
        neighbor.link().sendUpdates(entries);
        if (next != Long.MAX_VALUE) {
            wakeAt(next);
        }
    }
}
