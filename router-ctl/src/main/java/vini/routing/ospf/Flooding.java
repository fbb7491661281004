package vini.routing.ospf;

import org.jspecify.annotations.Nullable;

import vini.routing.ospf.NeighborMachine.Event;
import vini.routing.ospf.NeighborMachine.State;
import vini.routing.ospf.wire.LinkStateUpdate;
import vini.routing.ospf.wire.LinkStateUpdate.AgedLsa;
import vini.routing.ospf.wire.Lsa;
import vini.routing.ospf.wire.LsaHeader;
import vini.routing.ospf.wire.LsaKey;
import vini.time.Timer;

import java.util.ArrayList;
import java.util.List;

/** How LSAs come into the database and spread from it: RFC 2328 chapters 13 and 14. */
final class Flooding {
    /** RFC 2328 13 (8): how often a database copy is sent back to someone who is behind. */
    private static final long SEND_BACK_NANOS = 1_000_000_000L;

    private final OspfRouter router;
    private final Timer sweeping;

    Flooding(OspfRouter router) {
        this.router = router;
        this.sweeping = router.clock().timer(this::forgetFlushed);
    }

    /** Whether LSAs of this type are taken, stored and flooded. */
    static boolean isKnown(int type) {
        return type >= LsaKey.ROUTER && type <= LsaKey.AS_EXTERNAL;
    }

    void receive(Neighbor from, LinkStateUpdate update) {
        for (AgedLsa aged : update.lsas()) {
            if (!from.isAtLeast(State.EXCHANGE)) {
                return; // An LSA before this one has made the adjacency fall.
            }
            receive(from, aged.lsa(), aged.age());
        }
        from.acks().sendDirect();
        sweep();
    }

    /** RFC 2328 13 (1) to (8). */
    private void receive(Neighbor from, Lsa lsa, int age) {
        if (!isAcceptable(from, lsa, age)) {
            return;
        }
        LsaHeader header = lsa.header(age);
        DatabaseEntry own = router.lsdb().get(lsa.key());
        if (header.isMaxAge() && own == null && !anyoneSynchronizes()) {
            from.acks().add(header);
            return;
        }
        int newer = own == null ? 1 : header.newerThan(own.header(router.now()));
        if (newer > 0) {
            accept(from, lsa, header);
        } else if (from.requests().contains(lsa.key())) {
            from.fire(Event.BAD_LS_REQ);
        } else if (newer == 0) {
            if (!from.retransmissions().acknowledge(header)) {
                from.acks().add(header);
            }
        } else if (own != null) {
            sendBack(from, own);
        }
    }

    private boolean isAcceptable(Neighbor from, Lsa lsa, int age) {
        if (!lsa.checksumHolds()) {
            drop(from, DropReason.LSA_CHECKSUM, lsa.toString());
        } else if (!isKnown(lsa.key().type())) {
            drop(from, DropReason.LSA_TYPE, lsa.toString());
        } else if (age > LsaHeader.MAX_AGE) {
            drop(from, DropReason.LSA_AGE, lsa + " of age " + age);
        } else if (!router.lsdb().hasRoomFor(lsa)) {
            drop(from, DropReason.DATABASE_FULL, lsa.toString());
        } else {
            return true;
        }
        return false;
    }

    private void accept(Neighbor from, Lsa lsa, LsaHeader header) {
        from.retransmissions().hasGot(lsa.key());
        DatabaseEntry entry = new DatabaseEntry(lsa, header.age(), router.now());
        install(entry, from);
        from.acks().delay(header);
        if (lsa.key().advertisingRouter() == router.routerId()) {
            receivedOwn(entry);
        }
    }

    /**
     * RFC 2328 13.4: a newer instance by ourselves, from before a restart or from someone who
     * flushed it. We say the last word on what we originate, and flush the rest.
     */
    private void receivedOwn(DatabaseEntry entry) {
        if (entry.key().equals(router.origination().key())) {
            router.origination().receivedOwn();
        } else if (!router.externals().receivedOwn(entry.key()) && !entry.isMaxAge(router.now())) {
            flush(entry);
        }
    }

    private void sendBack(Neighbor from, DatabaseEntry own) {
        long now = router.now();
        boolean flushedAtTheEnd =
                own.isMaxAge(now) && own.lsa().header().sequence() == LsaHeader.MAX_SEQUENCE;
        if (!flushedAtTheEnd && own.maySendBack(now, SEND_BACK_NANOS)) {
            from.link().sendUpdates(List.of(own));
        }
    }

    /**
     * Puts an instance into the database in place of an older one, and floods it.
     *
     * @param from the neighbour that sent it, or null if we made it
     */
    void install(DatabaseEntry entry, @Nullable Neighbor from) {
        long now = router.now();
        DatabaseEntry before = router.lsdb().install(entry);
        if (before == null
                || before.isMaxAge(now) != entry.isMaxAge(now)
                || !before.lsa().saysTheSameAs(entry.lsa())) {
            router.routes().changed(entry.key());
        }
        flood(entry, from);
    }

    /** RFC 2328 13.3. */
    private void flood(DatabaseEntry entry, @Nullable Neighbor from) {
        LsaHeader header = entry.header(router.now());
        for (OspfLink link : router.links()) {
            Neighbor to = link.neighbor();
            if (to == null) {
                continue;
            }
            to.acks().superseded(entry.key());
            // This may be the last that was asked of the neighbour, and change its state.
            boolean goes = to.isAtLeast(State.EXCHANGE) && isNewsTo(to, header) && to != from;
            if (goes) {
                to.retransmissions().add(entry);
            } else {
                to.retransmissions().remove(entry.key());
            }
        }
    }

    private static boolean isNewsTo(Neighbor to, LsaHeader header) {
        boolean listed = to.requests().contains(header.key());
        int newer = to.requests().arrived(header);
        return !listed || newer > 0;
    }

    /** RFC 2328 14: an LSA that has grown too old, or is to vanish, is flooded at MaxAge. */
    void flush(DatabaseEntry entry) {
        install(new DatabaseEntry(entry.lsa(), LsaHeader.MAX_AGE, router.now()), null);
        router.routes().changed(entry.key());
        sweep();
    }

    /**
     * Has flushed LSAs forgotten once this event is over: in the midst of it, a list that is to
     * hold one of them may not have it yet.
     */
    void sweep() {
        if (!router.lsdb().atMaxAge().isEmpty() && !sweeping.isSet()) {
            sweeping.after(0);
        }
    }

    void stop() {
        sweeping.cancel();
    }

    /** RFC 2328 14: those that nobody has to acknowledge or describe any more. */
    private void forgetFlushed() {
        List<LsaKey> flushed = router.lsdb().atMaxAge();
        if (flushed.isEmpty() || anyoneSynchronizes()) {
            return;
        }
        for (LsaKey key : flushed) {
            if (!isUnacknowledged(key)) {
                router.lsdb().remove(key);
                removed(key);
            }
        }
    }

    private void removed(LsaKey key) {
        if (key.equals(router.origination().key())) {
            router.origination().removed();
        } else if (key.advertisingRouter() == router.routerId()) {
            router.externals().removed(key);
        }
    }

    /** Has the neighbours forget these without waiting for them: we are about to fall silent. */
    void farewell(List<DatabaseEntry> entries) {
        List<DatabaseEntry> last = new ArrayList<>(entries.size());
        for (DatabaseEntry entry : entries) {
            last.add(new DatabaseEntry(entry.lsa(), LsaHeader.MAX_AGE, router.now()));
        }
        for (OspfLink link : router.links()) {
            Neighbor neighbor = link.neighbor();
            if (neighbor != null && neighbor.isAtLeast(State.EXCHANGE)) {
                link.sendUpdates(last);
            }
        }
    }

    private boolean isUnacknowledged(LsaKey key) {
        for (OspfLink link : router.links()) {
            Neighbor neighbor = link.neighbor();
            if (neighbor != null && neighbor.retransmissions().contains(key)) {
                return true;
            }
        }
        return false;
    }

    private boolean anyoneSynchronizes() {
        for (OspfLink link : router.links()) {
            Neighbor neighbor = link.neighbor();
            if (neighbor != null && neighbor.isSynchronizing()) {
                return true;
            }
        }
        return false;
    }

    private void drop(Neighbor from, DropReason reason, String detail) {
        router.drop(from.link().config().link(), reason, detail);
    }
}
