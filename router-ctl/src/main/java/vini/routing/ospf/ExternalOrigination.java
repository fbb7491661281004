package vini.routing.ospf;

import org.jspecify.annotations.Nullable;

import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.routing.ospf.wire.ExternalLsa;
import vini.routing.ospf.wire.LsaHeader;
import vini.routing.ospf.wire.LsaKey;
import vini.time.Timer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What we announce of the world outside, RFC 2328 12.4.4: an AS-external-LSA for each destination,
 * with no forwarding address, because packets are to come to us.
 *
 * <p>Announcements of a few milliseconds are carried out together. Two instances of one LSA are at
 * least MinLSInterval apart; a flush waits for nothing.
 */
final class ExternalOrigination {
    /** Nobody announces more; the limit is there for a program that has gone wild. */
    static final int ANNOUNCED_MAX = 65_536;

    /** MinLSInterval, RFC 2328 appendix B. */
    static final long INTERVAL_NANOS = 5_000_000_000L;

    /**
     * The sequence number of a first instance is the time in about milliseconds, of which so many
     * bits count. If it were always the same, then an instance of an earlier life of this router
     * could have that and the same checksum, too, in which 0x00 and 0xff are alike: 10.0.0.0 with
     * the mask of a /16 or of a /32. The others would take both for one, and keep what they have.
     * Chance would not do: it begins with the same seed in each life.
     */
    private static final int FIRST_SEQUENCE_BITS = 20;

    private static final long HOLD_NANOS = 2_000_000L;

    /**
     * After a start: by then a neighbour has told us, as a rule, what we announced before it, and
     * the next instance follows that one.
     */
    private static final long START_NANOS = 200_000_000L;

    private final OspfRouter router;
    private final Map<Prefix, Announcement> announced = new TreeMap<>();

    /** By link state id; one stays for a while when it is not announced any more. */
    private final Map<Integer, Destination> destinations = new LinkedHashMap<>();

    /** Those of which something is to be said that has not been said. */
    private final Set<Destination> unsaid = new LinkedHashSet<>();

    private final Timer assignment;
    private boolean running;

    /** What came in from an earlier life, until it is clear whether we announce that again. */
    private final Set<LsaKey> unclear = new LinkedHashSet<>();

    ExternalOrigination(OspfRouter router) {
        this.router = router;
        this.assignment = router.clock().timer(this::assign);
    }

    void start() {
        running = true;
        if (!announced.isEmpty()) {
            assignment.after(START_NANOS);
        }
    }

    /** Announces a destination, or announces it otherwise than before. */
    void announce(Announcement what) {
        if (announced.size() >= ANNOUNCED_MAX && !announced.containsKey(what.prefix())) {
            throw new IllegalArgumentException(
                    "more than " + ANNOUNCED_MAX + " prefixes cannot be announced");
        }
        if (!what.equals(announced.put(what.prefix(), what))) {
            changed();
        }
    }

    void withdraw(Prefix prefix) {
        if (announced.remove(prefix) == null) {
            throw new IllegalArgumentException(prefix + " is not announced");
        }
        changed();
    }

    private void changed() {
        if (running) {
            router.routes().announcementsChanged();
            router.origination().changed();
            if (!assignment.isSet()) {
                assignment.after(HOLD_NANOS);
            }
        }
    }

    /** By prefix. */
    Collection<Announcement> announced() {
        return Collections.unmodifiableCollection(announced.values());
    }

    /** Whether we are an AS boundary router. */
    boolean isBoundary() {
        return !announced.isEmpty();
    }

    boolean isPending() {
        return assignment.isSet() || !unsaid.isEmpty();
    }

    /** Whether a newer instance of ours that came in is of a destination that we announce. */
    boolean receivedOwn(LsaKey key) {
        if (assignment.isSet() && key.type() == LsaKey.AS_EXTERNAL && find(key) == null) {
            unclear.add(key);
            return true;
        }
        Destination destination = find(key);
        return destination != null && destination.sayAgain();
    }

    /** The flush of an LSA of ours is complete. */
    void removed(LsaKey key) {
        Destination destination = find(key);
        if (destination != null && destination.lsa.removed()) {
            destination.settle();
        }
    }

    private @Nullable Destination find(LsaKey key) {
        return key.type() == LsaKey.AS_EXTERNAL ? destinations.get(key.linkStateId()) : null;
    }

    /** Says nothing more but that all is withdrawn. */
    void stop() {
        running = false;
        assignment.cancel();
        List<DatabaseEntry> last = new ArrayList<>();
        for (Destination destination : destinations.values()) {
            destination.stop();
            DatabaseEntry entry = router.lsdb().get(destination.lsa.key());
            if (entry != null) {
                last.add(entry);
            }
        }
        router.flooding().farewell(last);
    }

    private void assign() {
        Map<Integer, Announcement> ids = LinkStateIds.of(announced.values());
        for (Map.Entry<Integer, Destination> known : destinations.entrySet()) {
            if (!ids.containsKey(known.getKey())) {
                known.getValue().wish(null);
            }
        }
        ids.forEach(
                (id, what) -> destinations.computeIfAbsent(id, Destination::new).wish(body(what)));
        for (LsaKey key : unclear) {
            Destination destination = find(key);
            DatabaseEntry entry = router.lsdb().get(key);
            if (destination != null) {
                boolean _ = destination.sayAgain();
            } else if (entry != null && !entry.isMaxAge(router.now())) {
                router.flooding().flush(entry);
            }
        }
        unclear.clear();
    }

    private static ExternalLsa body(Announcement what) {
        int mask = Ipv4Address.mask(what.prefix().length());
        return new ExternalLsa(mask, what.type2(), what.metric(), 0);
    }

    private int firstSequence() {
        long milliseconds = router.now() >>> 20;
        return LsaHeader.INITIAL_SEQUENCE + (int) (milliseconds & (1 << FIRST_SEQUENCE_BITS) - 1);
    }

    /** One link state id, and what is to be said under it. */
    private final class Destination {
        final int id;
        final OwnLsa lsa;
        private final Timer timer;
        private @Nullable ExternalLsa wished;
        private boolean forced;
        private long earliest = Long.MIN_VALUE;

        Destination(int id) {
            this.id = id;
            LsaKey key = new LsaKey(LsaKey.AS_EXTERNAL, id, router.routerId());
            this.lsa = new OwnLsa(router, key, firstSequence(), this::sayAgain);
            this.timer = router.clock().timer(this::due);
        }

        /** From now on this is to be said, or nothing. */
        void wish(@Nullable ExternalLsa body) {
            if (body == null) {
                if (wished == null) {
                    return;
                }
                forced = false;
                lsa.flush();
            }
            wished = body;
            settle();
        }

        /** Says it once more, although the database has it; false if there is nothing to say. */
        boolean sayAgain() {
            forced = wished != null;
            settle();
            return forced;
        }

        void settle() {
            ExternalLsa body = wished;
            if (body == null) {
                unsaid.remove(this);
                // Then forgotten: what is announced anew before goes on with the sequence.
                timer.after(INTERVAL_NANOS);
            } else if (forced || !lsa.says(body)) {
                unsaid.add(this);
                timer.at(Math.max(router.now(), earliest));
            } else {
                unsaid.remove(this);
                timer.cancel();
            }
        }

        private void due() {
            ExternalLsa body = wished;
            if (body == null) {
                destinations.remove(id);
            } else if (lsa.originate(body)) {
                forced = false;
                unsaid.remove(this);
                earliest = router.now() + INTERVAL_NANOS;
            }
        }

        void stop() {
            timer.cancel();
            lsa.stop();
        }
    }
}
