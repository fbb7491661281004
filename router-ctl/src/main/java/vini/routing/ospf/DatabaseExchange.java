package vini.routing.ospf;

import org.jspecify.annotations.Nullable;

import vini.routing.ospf.NeighborMachine.Event;
import vini.routing.ospf.NeighborMachine.State;
import vini.routing.ospf.wire.DatabaseDescription;
import vini.routing.ospf.wire.LsaHeader;
import vini.routing.ospf.wire.LsaKey;
import vini.time.Timer;

import java.util.ArrayList;
import java.util.List;

/** The exchange of database descriptions with one neighbour, RFC 2328 10.6 and 10.8. */
final class DatabaseExchange {
    private static final int NEGOTIATE =
            DatabaseDescription.INIT | DatabaseDescription.MORE | DatabaseDescription.MASTER;

    /**
     * How long a foreign master may be silent in ExStart. BIRD 2.0 skips its first claim if its own
     * router-LSA is not made yet, which takes up to 1 s after its start, and repeats it after 5 s.
     */
    private static final long FOREIGN_CLAIM_NANOS = 1_200_000_000L;

    private final OspfRouter router;
    private final Neighbor neighbor;
    private final Timer retransmit;
    private final Timer awaitingClaim;

    private boolean master;
    private int sequence;
    private List<DatabaseEntry> summary = List.of();
    private int described;
    private @Nullable DatabaseDescription lastSent;
    private @Nullable DatabaseDescription lastReceived;

    DatabaseExchange(OspfRouter router, Neighbor neighbor) {
        this.router = router;
        this.neighbor = neighbor;
        this.retransmit = router.clock().timer(this::resend);
        this.awaitingClaim = router.clock().timer(this::askForClaim);
        this.sequence = router.random().nextInt() & 0x7fffffff;
    }

    /** ExStart: claims to be master, at once; BIRD answers a claim but is slow to make its own. */
    void start() {
        sequence++;
        master = true;
        summary = List.of();
        described = 0;
        lastReceived = null;
        send(NEGOTIATE, List.of());
        if (!neighbor.isOwnKind() && peerIsHigher()) {
            awaitingClaim.after(FOREIGN_CLAIM_NANOS);
        }
    }

    /** Has a silent master enter ExStart anew, in which it makes its claim: once per attempt. */
    private void askForClaim() {
        if (neighbor.state() == State.EX_START) {
            neighbor.link().sendOneWayThenTwoWayHello();
        }
    }

    private boolean peerIsHigher() {
        return Integer.compareUnsigned(neighbor.routerId(), router.routerId()) > 0;
    }

    void stop() {
        retransmit.cancel();
        awaitingClaim.cancel();
        summary = List.of();
        lastSent = null;
        lastReceived = null;
    }

    /** RFC 2328 10.3, NegotiationDone: what we have goes into the summary, or is being flushed. */
    void buildSummary() {
        long now = router.now();
        summary = new ArrayList<>(router.lsdb().entries().size());
        for (DatabaseEntry entry : router.lsdb().entries()) {
            if (entry.isMaxAge(now)) {
                neighbor.retransmissions().add(entry);
            } else {
                summary.add(entry);
            }
        }
    }

    void receive(DatabaseDescription dd) {
        if (dd.mtu() > neighbor.link().config().mtu()) {
            drop(
                    DropReason.MTU,
                    "MTU " + dd.mtu() + ", want " + neighbor.link().config().mtu() + " or less");
            return;
        }
        if (neighbor.state() == State.INIT) {
            neighbor.fire(Event.TWO_WAY_RECEIVED);
        }
        switch (neighbor.state()) {
            case EX_START -> negotiate(dd);
            case EXCHANGE -> exchange(dd);
            case LOADING, FULL -> afterwards(dd);
            case DOWN, ATTEMPT, INIT, TWO_WAY ->
                    drop(DropReason.NEIGHBOR_STATE, "a DD packet in " + neighbor.state());
        }
    }

    private void negotiate(DatabaseDescription dd) {
        boolean peerIsHigher = peerIsHigher();
        if (dd.flags() == NEGOTIATE && dd.headers().isEmpty() && peerIsHigher) {
            master = false;
        } else if (dd.has(DatabaseDescription.INIT)
                || dd.has(DatabaseDescription.MASTER)
                || dd.sequence() != sequence
                || peerIsHigher) {
            return; // Its own claim, or an echo of an earlier exchange: RFC 2328 10.6 ignores it.
        }
        neighbor.fire(Event.NEGOTIATION_DONE);
        accept(dd);
    }

    private void exchange(DatabaseDescription dd) {
        if (isDuplicate(dd)) {
            answerDuplicate();
        } else if (dd.has(DatabaseDescription.MASTER) == master
                || dd.has(DatabaseDescription.INIT)
                || lastReceived != null && dd.options() != lastReceived.options()
                || dd.sequence() != (master ? sequence : sequence + 1)) {
            neighbor.fire(Event.SEQ_NUMBER_MISMATCH);
        } else {
            accept(dd);
        }
    }

    private void afterwards(DatabaseDescription dd) {
        if (isDuplicate(dd)) {
            answerDuplicate();
        } else {
            neighbor.fire(Event.SEQ_NUMBER_MISMATCH);
        }
    }

    private boolean isDuplicate(DatabaseDescription dd) {
        return lastReceived != null
                && dd.flags() == lastReceived.flags()
                && dd.options() == lastReceived.options()
                && dd.sequence() == lastReceived.sequence();
    }

    /** The master repeats itself by its timer; the slave repeats itself when asked again. */
    private void answerDuplicate() {
        if (!master && lastSent != null) {
            neighbor.link().send(lastSent);
        }
    }

    private void accept(DatabaseDescription dd) {
        lastReceived = dd;
        for (LsaHeader header : dd.headers()) {
            if (!consider(header)) {
                neighbor.fire(Event.SEQ_NUMBER_MISMATCH);
                return;
            }
        }
        boolean weHadMore = lastSent != null && lastSent.has(DatabaseDescription.MORE);
        boolean peerHasMore = dd.has(DatabaseDescription.MORE);
        if (!master) {
            sequence = dd.sequence();
            sendNext();
            weHadMore = described < summary.size();
        } else if (weHadMore || peerHasMore) {
            sequence++;
            sendNext();
            neighbor.requests().sendIfIdle();
            return;
        }
        neighbor.requests().sendIfIdle();
        if (!weHadMore && !peerHasMore) {
            retransmit.cancel();
            summary = List.of();
            described = 0;
            neighbor.fire(Event.EXCHANGE_DONE);
        }
    }

    /** Puts what is newer than ours on the request list; false if the type is none at all. */
    private boolean consider(LsaHeader header) {
        LsaKey key = header.key();
        if (!Flooding.isKnown(key.type())) {
            // Opaque and NSSA types should not come to us; RFC 2328 10.6 objects to the rest.
            return key.type() > LsaKey.AS_EXTERNAL && key.type() <= 11;
        }
        neighbor.retransmissions().hasGot(key);
        DatabaseEntry own = router.lsdb().get(key);
        if (own != null && header.newerThan(own.header(router.now())) <= 0) {
            return true;
        }
        if (neighbor.requests().isFull() && !neighbor.requests().contains(key)) {
            drop(DropReason.DATABASE_FULL, "described " + key);
        } else {
            neighbor.requests().add(header);
        }
        return true;
    }

    private void sendNext() {
        int room = neighbor.link().payloadMax() - DatabaseDescription.FIXED_BYTES;
        int end = Math.min(summary.size(), described + room / LsaHeader.BYTES);
        List<LsaHeader> headers = new ArrayList<>(end - described);
        for (; described < end; described++) {
            headers.add(summary.get(described).header(router.now()));
        }
        int flags = master ? DatabaseDescription.MASTER : 0;
        send(described < summary.size() ? flags | DatabaseDescription.MORE : flags, headers);
    }

    private void send(int flags, List<LsaHeader> headers) {
        DatabaseDescription dd =
                new DatabaseDescription(
                        neighbor.link().config().mtu(), OspfLink.OPTIONS, flags, sequence, headers);
        lastSent = dd;
        neighbor.link().send(dd);
        if (master) {
            retransmit.after(router.config().retransmitNanos());
        } else {
            retransmit.cancel();
        }
    }

    private void resend() {
        if (lastSent != null) {
            neighbor.link().send(lastSent);
            retransmit.after(router.config().retransmitNanos());
        }
    }

    private void drop(DropReason reason, String detail) {
        router.drop(neighbor.link().config().link(), reason, detail);
    }
}
