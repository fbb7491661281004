package vini.routing.ospf;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import vini.net.Ipv4Address;
import vini.routing.ospf.NeighborMachine.Event;
import vini.routing.ospf.NeighborMachine.Facts;
import vini.routing.ospf.NeighborMachine.State;
import vini.routing.ospf.wire.DatabaseDescription;
import vini.routing.ospf.wire.LinkStateAck;
import vini.routing.ospf.wire.LinkStateRequest;
import vini.routing.ospf.wire.LsaHeader;
import vini.routing.ospf.wire.LsaKey;
import vini.time.Timer;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The other end of a link, RFC 2328 chapter 10: its state, and the lists that depend on it. */
final class Neighbor {
    /** Longer ones are read each time. */
    private static final int HELLO_BYTES_MAX = 256;

    private final OspfRouter router;
    private final OspfLink link;
    private final int routerId;
    private final DatabaseExchange exchange;
    private final RequestList requests;
    private final RetransmissionList retransmissions;
    private final AckQueue acks;
    private final Timer inactivity;

    /** The IP packet of his last hello, as it came; empty if it is to be read the next time. */
    private ByteBuf lastHello = Unpooled.EMPTY_BUFFER;

    private State state = State.DOWN;
    private long sinceNanos;
    private long deadAtNanos;
    private boolean ownKind;

    Neighbor(OspfRouter router, OspfLink link, int routerId) {
        this.router = router;
        this.link = link;
        this.routerId = routerId;
        this.exchange = new DatabaseExchange(router, this);
        this.requests = new RequestList(router, this);
        this.retransmissions = new RetransmissionList(router, this);
        this.acks = new AckQueue(router.clock(), link);
        this.inactivity = router.clock().timer(() -> fire(Event.INACTIVITY_TIMER));
    }

    OspfLink link() {
        return link;
    }

    int routerId() {
        return routerId;
    }

    State state() {
        return state;
    }

    boolean isAtLeast(State other) {
        return state.isAtLeast(other);
    }

    boolean isFull() {
        return state == State.FULL;
    }

    /** Whether the databases are being compared or loaded now. */
    boolean isSynchronizing() {
        return state == State.EXCHANGE || state == State.LOADING;
    }

    RequestList requests() {
        return requests;
    }

    RetransmissionList retransmissions() {
        return retransmissions;
    }

    AckQueue acks() {
        return acks;
    }

    /** Whether it runs this code, as its last hello says. */
    boolean isOwnKind() {
        return ownKind;
    }

    void ownKind(boolean is) {
        ownKind = is;
    }

    /** The packet was a hello of his that fits ours, and has been obeyed. */
    void heard(ByteBuf ip) {
        boolean keep = isAtLeast(State.TWO_WAY) && ip.readableBytes() <= HELLO_BYTES_MAX;
        lastHello = keep ? Unpooled.copiedBuffer(ip) : Unpooled.EMPTY_BUFFER;
    }

    /**
     * Whether the packet is that hello once more. Of a neighbour who sees us, and whom we see, it
     * can change nothing: he is not dead.
     */
    boolean hearsAgain(ByteBuf ip) {
        if (!lastHello.isReadable() || !isAtLeast(State.TWO_WAY) || !lastHello.equals(ip)) {
            return false;
        }
        fire(Event.HELLO_RECEIVED);
        return true;
    }

    /** The only place that changes the neighbour's state. */
    void fire(Event event) {
        // Each link has one neighbour, with which an adjacency is always wanted: RFC 2328 10.4.
        NeighborMachine.Step step =
                NeighborMachine.step(state, event, new Facts(true, requests.isEmpty()));
        State before = state;
        state = step.next();
        if (before != state) {
            sinceNanos = router.now();
            router.history()
                    .add(
                            new OspfEvent.NeighborChanged(
                                    sinceNanos,
                                    link.config().link(),
                                    link.config().peer(),
                                    before,
                                    state,
                                    event));
        }
        for (NeighborMachine.Action action : step.actions()) {
            apply(action);
        }
        if (state == State.DOWN) {
            link.forget(this);
        }
        if (before != state) {
            router.flooding().sweep();
        }
    }

    private void apply(NeighborMachine.Action action) {
        switch (action) {
            case RESTART_INACTIVITY_TIMER -> {
                deadAtNanos = router.now() + router.config().deadNanos();
                inactivity.at(deadAtNanos);
            }
            case STOP_INACTIVITY_TIMER -> inactivity.cancel();
            case CLEAR_LSA_LISTS -> clearLists();
            case START_DD_EXCHANGE -> exchange.start();
            case BUILD_SUMMARY_LIST -> exchange.buildSummary();
            case ORIGINATE_ROUTER_LSA -> router.origination().changed();
            case SEND_HELLO ->
                    throw new IllegalStateException("Start is for NBMA networks, RFC 2328 10.2");
        }
    }

    private void clearLists() {
        exchange.stop();
        requests.clear();
        retransmissions.clear();
        acks.clear();
    }

    /** Stops all timers without a word. */
    void stop() {
        inactivity.cancel();
        clearLists();
    }

    void receive(DatabaseDescription dd) {
        exchange.receive(dd);
    }

    /** RFC 2328 10.7. */
    void receive(LinkStateRequest request) {
        // Each once: else one packet that names a large LSA 5000 times would have it sent so often.
        Set<DatabaseEntry> answer = new LinkedHashSet<>();
        for (LsaKey key : request.keys()) {
            DatabaseEntry entry = router.lsdb().get(key);
            if (entry == null) {
                fire(Event.BAD_LS_REQ);
                return;
            }
            answer.add(entry);
        }
        for (DatabaseEntry entry : answer) {
            retransmissions.hasGot(entry.key());
        }
        link.sendUpdates(List.copyOf(answer));
    }

    /** RFC 2328 13.7. */
    void receive(LinkStateAck ack) {
        for (LsaHeader header : ack.headers()) {
            retransmissions.acknowledge(header);
        }
        router.flooding().sweep();
    }

    NeighborStatus status() {
        return new NeighborStatus(
                link.config().link(),
                link.config().name(),
                link.config().peer(),
                new Ipv4Address(routerId),
                state,
                sinceNanos,
                deadAtNanos - router.now(),
                retransmissions.size());
    }
}
