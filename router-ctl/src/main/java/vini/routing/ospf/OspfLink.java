package vini.routing.ospf;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

import vini.net.wire.Ipv4Header;
import vini.routing.ospf.InterfaceMachine.State;
import vini.routing.ospf.wire.Hello;
import vini.routing.ospf.wire.LinkStateUpdate;
import vini.routing.ospf.wire.LinkStateUpdate.AgedLsa;
import vini.routing.ospf.wire.OspfHeader;
import vini.routing.ospf.wire.OspfMessage;
import vini.routing.ospf.wire.OspfPacket;

import java.util.ArrayList;
import java.util.List;

/** One point-to-point interface, RFC 2328 chapter 9: its state, its hellos, its one neighbour. */
final class OspfLink {
    /** 224.0.0.5, where all packets of a point-to-point link go; RFC 2328 8.1. */
    static final int ALL_SPF_ROUTERS = 0xe0000005;

    /** The E bit: we take AS-external-LSAs. RFC 2328 A.2. */
    static final int OPTIONS = 0x02;

    /**
     * The router priority in our hellos. It means something only where designated routers are
     * elected, so on our links it tells our own kind (who takes a new instance of an LSA at any
     * time) from others (who discard one within {@code MinLSArrival} of the one before).
     */
    static final int OWN_KIND_PRIORITY = 'V';

    private final OspfRouter router;
    private final OspfInterface config;
    private final Hellos hellos;
    private final Reassembly reassembly = new Reassembly();
    private State state = State.DOWN;
    private int cost;
    private @Nullable Neighbor neighbor;
    private int fragmentedId;
    private long carrierToldNanos;

    OspfLink(OspfRouter router, OspfInterface config) {
        this.router = router;
        this.config = config;
        this.cost = config.cost();
        this.hellos = new Hellos(router, this);
    }

    OspfInterface config() {
        return config;
    }

    Reassembly reassembly() {
        return reassembly;
    }

    boolean isUp() {
        return state == State.POINT_TO_POINT;
    }

    /**
     * Whether nobody is to be waited for: the neighbour is full, or nobody was heard (or heard us)
     * in a whole dead interval since the carrier was told, as at a link that is silently down.
     */
    boolean isSettled() {
        if (!isUp()) {
            return true;
        }
        return neighbor == null || neighbor.state() == NeighborMachine.State.INIT
                ? router.now() - carrierToldNanos >= router.config().deadNanos()
                : neighbor.isFull();
    }

    int cost() {
        return cost;
    }

    void cost(int newCost) {
        cost = newCost;
    }

    @Nullable Neighbor neighbor() {
        return neighbor;
    }

    /** The only place that changes the interface's state. */
    void fire(InterfaceMachine.Event event) {
        InterfaceMachine.Step step = InterfaceMachine.step(state, event);
        State before = state;
        state = step.next();
        if (event == InterfaceMachine.Event.INTERFACE_UP) {
            // Also of a link that is up: then the forwarder has come anew, and the peer's with it.
            carrierToldNanos = router.now();
        }
        if (before != state) {
            router.history()
                    .add(
                            new OspfEvent.InterfaceChanged(
                                    router.now(),
                                    config.link(),
                                    config.name(),
                                    before,
                                    state,
                                    event));
        }
        for (InterfaceMachine.Action action : step.actions()) {
            switch (action) {
                case START_HELLOS -> hellos.start();
                case STOP_HELLOS -> hellos.stop();
                case KILL_NEIGHBOR -> killNeighbor(NeighborMachine.Event.KILL_NBR);
                case ANNOUNCE_LINK -> router.origination().cameUp();
                case ORIGINATE_ROUTER_LSA -> router.origination().changed();
            }
        }
    }

    /** Says that we do not see the neighbour, and that we do: it begins the adjacency anew. */
    void sendOneWayThenTwoWayHello() {
        hellos.say(Hellos.NOBODY);
        hellos.say();
    }

    /** Says that we are gone: a hello that names nobody. The timers stop. */
    void stop() {
        hellos.stop();
        if (isUp()) {
            hellos.say(Hellos.NOBODY);
        }
        if (neighbor != null) {
            neighbor.stop();
        }
    }

    /**
     * RFC 2328 10.5, with an answer at once for whoever does not know yet that we hear him.
     *
     * @return false if it does not fit ours
     */
    boolean receive(Hello hello, int routerId) {
        String mismatch = hellos.mismatch(hello);
        if (mismatch != null) {
            router.drop(config.link(), DropReason.HELLO_MISMATCH, mismatch);
            return false;
        }
        if (neighbor != null && neighbor.routerId() != routerId) {
            killNeighbor(NeighborMachine.Event.KILL_NBR);
        }
        boolean isNew = neighbor == null;
        Neighbor from = neighbor;
        if (from == null) {
            from = new Neighbor(router, this, routerId);
            neighbor = from;
        }
        from.ownKind(hello.priority() == OWN_KIND_PRIORITY);
        from.fire(NeighborMachine.Event.HELLO_RECEIVED);
        boolean knowsUs = hello.neighbors().contains(router.routerId());
        if (isNew || !knowsUs) {
            // Before any DD packet, so that the peer is ready for that.
            hellos.say();
        }
        from.fire(
                knowsUs
                        ? NeighborMachine.Event.TWO_WAY_RECEIVED
                        : NeighborMachine.Event.ONE_WAY_RECEIVED);
        return true;
    }

    /** The packet was a hello that fits ours. */
    void heard(ByteBuf ip) {
        if (neighbor != null) {
            neighbor.heard(ip);
        }
    }

    /**
     * Takes a packet that is the neighbour's last hello once more, byte for byte, as all hellos are
     * while nothing happens: it says no more than that he lives. False if it is not.
     */
    boolean hearsAgain(ByteBuf ip) {
        return neighbor != null && neighbor.hearsAgain(ip);
    }

    /** Ends the adjacency, if there is one. */
    void killNeighbor(NeighborMachine.Event why) {
        if (neighbor != null) {
            neighbor.fire(why);
        }
    }

    /** The neighbour came down; the next hello makes a new one. */
    void forget(Neighbor gone) {
        if (neighbor == gone) {
            neighbor = null;
        }
    }

    /** Sends LSAs in as few packets as the MTU allows; an LSA larger than that goes alone. */
    void sendUpdates(List<DatabaseEntry> entries) {
        int room = payloadMax() - LinkStateUpdate.FIXED_BYTES;
        List<AgedLsa> batch = new ArrayList<>();
        int bytes = 0;
        for (DatabaseEntry entry : entries) {
            if (!batch.isEmpty() && bytes + entry.lsa().length() > room) {
                send(new LinkStateUpdate(batch));
                batch.clear();
                bytes = 0;
            }
            batch.add(entry.outgoing(router.now()));
            bytes += entry.lsa().length();
        }
        if (!batch.isEmpty()) {
            send(new LinkStateUpdate(batch));
        }
    }

    /** How many bytes of message fit into one IP packet of this link. */
    int payloadMax() {
        return config.mtu() - Ipv4Header.BYTES - OspfHeader.BYTES;
    }

    /** Sends a whole IP packet, if the link is up; takes over the reference. */
    void sendIp(ByteBuf packet) {
        if (isUp()) {
            router.port().send(config.link(), packet);
        } else {
            packet.release();
        }
    }

    void send(OspfMessage message) {
        if (!isUp()) {
            return;
        }
        ByteBuf ospf = ospf(message);
        int room = config.mtu() - Ipv4Header.BYTES;
        if (ospf.readableBytes() <= room) {
            sendIp(ip(0, 0, ospf));
            return;
        }
        // One LSA larger than the MTU: RFC 2328 4.3 leaves that to IP's fragments.
        fragmentedId = fragmentedId + 1 & 0xffff;
        int unit = room & -8;
        for (int offset = 0; ospf.isReadable(); offset += unit) {
            int length = Math.min(unit, ospf.readableBytes());
            ByteBuf part = ospf.readSlice(length);
            int more = ospf.isReadable() ? Ipv4Header.MORE_FRAGMENTS : 0;
            sendIp(ip(fragmentedId, more | offset / 8, part));
        }
    }

    /** The message in a buffer that is written over with the next one. */
    private ByteBuf ospf(OspfMessage message) {
        ByteBuf ospf = router.process().scratch();
        new OspfPacket(router.routerId(), OspfRouter.AREA, message).emit(ospf);
        return ospf;
    }

    /** The IP packet with a short message, as it goes out on this link. */
    ByteBuf packet(Hello hello) {
        return ip(0, 0, ospf(hello));
    }

    private ByteBuf ip(int id, int fragment, ByteBuf payload) {
        int total = Ipv4Header.BYTES + payload.readableBytes();
        ByteBuf out = Unpooled.buffer(total);
        Ipv4Header.emit(
                out,
                Ipv4Header.TOS_INTERNETWORK_CONTROL,
                total,
                id,
                fragment,
                1,
                Ipv4Header.OSPF,
                config.local().bits(),
                ALL_SPF_ROUTERS);
        return out.writeBytes(payload);
    }
}
