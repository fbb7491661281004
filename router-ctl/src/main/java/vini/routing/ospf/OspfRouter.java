package vini.routing.ospf;

import io.netty.buffer.ByteBuf;

import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.routing.PuntPort;
import vini.routing.Rib;
import vini.routing.ospf.wire.LsaHeader;
import vini.time.Clock;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * One OSPFv2 router in area 0 with point-to-point links, RFC 2328. Everything happens on the thread
 * of its clock: calls, packets and timers.
 */
public final class OspfRouter implements PuntPort.Receiver {
    /** 0.0.0.0, the backbone. */
    static final int AREA = 0;

    private final OspfConfig config;
    private final OspfProcess process;
    private final Clock clock;
    private final RandomGenerator random;
    private final PuntPort port;
    private final EventHistory history;
    private final Map<Integer, OspfLink> links = new LinkedHashMap<>();
    private final LinkStateDatabase database;
    private final Flooding flooding;
    private final Origination origination;
    private final RouteCalculation routes;
    private final ExternalOrigination externals;
    private final OspfInput input;
    private boolean running;

    /**
     * A router that does nothing before {@link #start}.
     *
     * @param random the component's own generator: phases of hellos, refreshes and the like
     * @param rib where its routes go; it keeps them when the router stops
     */
    public OspfRouter(
            OspfConfig config,
            OspfProcess process,
            Clock clock,
            RandomGenerator random,
            PuntPort port,
            Rib rib,
            OspfListener listener) {
        this.config = config;
        this.process = process;
        this.clock = clock;
        this.random = random;
        this.port = port;
        this.history = new EventHistory(listener);
        this.flooding = new Flooding(this);
        this.database = new LinkStateDatabase(clock, flooding::flush);
        this.origination = new Origination(this);
        this.routes = new RouteCalculation(this, rib);
        this.externals = new ExternalOrigination(this);
        this.input = new OspfInput(this);
        for (OspfInterface one : config.interfaces()) {
            links.put(one.link(), new OspfLink(this, one));
        }
    }

    /** Listens to the port; each link comes up when the port tells its carrier. */
    public void start() {
        if (running) {
            throw new IllegalStateException("started twice: " + config.routerId());
        }
        running = true;
        origination.cameUp();
        externals.start();
        port.receiver(this);
    }

    /**
     * Withdraws what it announced, takes leave of the neighbours, who give us up at once, and falls
     * silent for good.
     */
    public void stop() {
        running = false;
        externals.stop();
        links.values().forEach(OspfLink::stop);
        database.stop();
        origination.stop();
        flooding.stop();
        routes.stop();
    }

    @Override
    public void packet(int linkNumber, ByteBuf ipPacket) {
        OspfLink link = links.get(linkNumber);
        if (!running || link == null || !link.isUp()) {
            drop(linkNumber, DropReason.LINK, "the link is not up");
            return;
        }
        input.packet(link, ipPacket);
    }

    @Override
    public void carrier(int linkNumber, boolean up) {
        OspfLink link = links.get(linkNumber);
        if (running && link != null) {
            link.fire(
                    up
                            ? InterfaceMachine.Event.INTERFACE_UP
                            : InterfaceMachine.Event.INTERFACE_DOWN);
        }
    }

    /**
     * Changes the cost of a link in our direction.
     *
     * @param cost 1-65535
     */
    public void setCost(int linkNumber, int cost) {
        OspfInterface.checkCost(cost);
        link(linkNumber).cost(cost);
        origination.changed();
    }

    /**
     * Announces a destination outside, or announces it otherwise than before. From then on the way
     * there is the node's own affair: no route of others to the same prefix is used.
     */
    public void announce(Announcement what) {
        externals.announce(what);
    }

    /** Announces that prefix no more; throws {@link IllegalArgumentException} if it was not. */
    public void withdraw(Prefix prefix) {
        externals.withdraw(prefix);
    }

    /** What it announces, by prefix. */
    public List<Announcement> announced() {
        return List.copyOf(externals.announced());
    }

    OspfLink link(int linkNumber) {
        OspfLink link = links.get(linkNumber);
        if (link == null) {
            throw new IllegalArgumentException(
                    config.routerId() + " has no link " + linkNumber + ", only " + links.keySet());
        }
        return link;
    }

    /** The neighbours that are not down, in the order of the links. */
    public List<NeighborStatus> neighbors() {
        List<NeighborStatus> list = new ArrayList<>();
        for (OspfLink link : links.values()) {
            Neighbor neighbor = link.neighbor();
            if (neighbor != null) {
                list.add(neighbor.status());
            }
        }
        return list;
    }

    /** The router ids of those that should have the same database as we have. */
    public List<Ipv4Address> fullNeighbors() {
        List<Ipv4Address> full = new ArrayList<>(links.size());
        for (OspfLink link : links.values()) {
            Neighbor neighbor = link.neighbor();
            if (neighbor != null && neighbor.isFull()) {
                full.add(new Ipv4Address(neighbor.routerId()));
            }
        }
        return full;
    }

    /**
     * A number that is equal for equal databases (ages, and what is being flushed, aside), and
     * costs nothing to ask for.
     */
    public long databaseDigest() {
        return database.digest();
    }

    /** The headers of all LSAs, with their ages, in the order in which they became known. */
    public List<LsaHeader> database() {
        List<LsaHeader> headers = new ArrayList<>(database.entries().size());
        for (DatabaseEntry entry : database.entries()) {
            headers.add(entry.header(now()));
        }
        return headers;
    }

    /**
     * Whether each link with a carrier has a full neighbour, or has been silent for a whole dead
     * interval, and nothing waits to be said or calculated. While it is false after a start, old
     * routes are better than none.
     */
    public boolean isSettled() {
        for (OspfLink link : links.values()) {
            if (!link.isSettled()) {
                return false;
            }
        }
        return running && !origination.isPending() && !externals.isPending() && !routes.isPending();
    }

    /** The last 1000 events, oldest first. */
    public List<OspfEvent> events() {
        return history.events();
    }

    /** How much was thrown away, by reason. */
    public Map<DropReason, Long> drops() {
        return history.drops();
    }

    /** How many times the routes were calculated. */
    public long calculations() {
        return routes.runs();
    }

    OspfConfig config() {
        return config;
    }

    int routerId() {
        return config.routerId().bits();
    }

    OspfProcess process() {
        return process;
    }

    Clock clock() {
        return clock;
    }

    long now() {
        return clock.nowNanos();
    }

    RandomGenerator random() {
        return random;
    }

    PuntPort port() {
        return port;
    }

    EventHistory history() {
        return history;
    }

    Iterable<OspfLink> links() {
        return links.values();
    }

    /** The number of the link with that address of ours, or -1. */
    int linkNumberByLocal(int local) {
        for (OspfLink link : links.values()) {
            if (link.config().local().bits() == local) {
                return link.config().link();
            }
        }
        return -1;
    }

    LinkStateDatabase lsdb() {
        return database;
    }

    Flooding flooding() {
        return flooding;
    }

    Origination origination() {
        return origination;
    }

    ExternalOrigination externals() {
        return externals;
    }

    RouteCalculation routes() {
        return routes;
    }

    void drop(int link, DropReason reason, String detail) {
        history.drop(now(), link, reason, detail);
    }
}
