package vini.routing.process;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Handlers;
import vini.forwarder.Journal;
import vini.forwarder.control.HandlerSpace;
import vini.forwarder.control.HandlerTree;
import vini.net.Ipv4Address;
import vini.routing.FibDoor;
import vini.routing.PuntPort;
import vini.routing.Rib;
import vini.routing.ospf.OspfEvent;
import vini.routing.ospf.OspfProcess;
import vini.routing.ospf.OspfRouter;
import vini.time.Clock;
import vini.time.Seed;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All routers of a slice on one thread, and their handlers. Live, they are one process; in the
 * virtual world they stand beside the graphs.
 *
 * <p>Handlers: {@code list} (of nodes), {@code status}, {@code journal FROM}; of each node {@code
 * neighbors}, {@code routes}, {@code database}, {@code events}, {@code announced} (read), {@code
 * cost} (write: {@code NEIGHBOUR COST}), {@code announce} (write: {@code PREFIX [METRIC] [type
 * 1|2]}, a line each), {@code withdraw} (write: {@code PREFIX}, a line each). What is a table is
 * JSON.
 */
public final class SliceRouters {
    /** What a router is given: its way to the links and its way into the FIB. */
    public interface Doors {
        PuntPort port(String node);

        FibDoor fib(String node);

        /** Whether the node's forwarder is there, has told all carriers, and has all routes. */
        boolean isReady(String node);

        /** Packets of routers that could not be sent, because the forwarder was away or busy. */
        long unsent();
    }

    private record Router(SliceConfig.NodeConfig config, OspfRouter ospf, Rib rib) {}

    private final Clock clock;
    private final Doors doors;
    private final Map<String, Router> routers = new LinkedHashMap<>();
    private final Map<Ipv4Address, OspfRouter> byId = new LinkedHashMap<>();
    private final Journal journal = new Journal();

    /** Makes the routers; nothing happens before {@link #start}. */
    public SliceRouters(SliceConfig config, Clock clock, Seed seed, Doors doors) {
        this.clock = clock;
        this.doors = doors;
        OspfProcess process = new OspfProcess(seed.generator("ospf").nextDouble());
        for (SliceConfig.NodeConfig node : config.nodes()) {
            Rib rib = new Rib(doors.fib(node.name()), clock);
            OspfRouter ospf =
                    new OspfRouter(
                            node.ospf(),
                            process,
                            clock,
                            seed.generator("ospf/" + node.name()),
                            doors.port(node.name()),
                            rib,
                            event -> note(node.name(), event));
            node.announced().forEach(ospf::announce);
            routers.put(node.name(), new Router(node, ospf, rib));
            byId.put(node.ospf().routerId(), ospf);
        }
    }

    private void note(String node, OspfEvent event) {
        journal.add(event.nanos(), node, event.toString());
    }

    /** What happened to the routers, in the words of {@link OspfEvent}. */
    public Journal journal() {
        return journal;
    }

    public void start() {
        routers.values().forEach(router -> router.ospf.start());
    }

    /** All routers take leave of their neighbours. */
    public void stop() {
        routers.values().forEach(router -> router.ospf.stop());
    }

    /**
     * Whether the network has converged, as far as the routers can tell: each has all neighbours
     * that it may hope for and nothing to do, and full neighbours have the same database. An LSA
     * that is on its way is in the database of who sent it, so this sees it, too.
     */
    public boolean isConverged() {
        for (Router router : routers.values()) {
            if (!isSettled(router)) {
                return false;
            }
        }
        return routers.values().stream().allMatch(router -> agreesWithNeighbors(router.ospf));
    }

    private boolean isSettled(Router router) {
        return doors.isReady(router.config.name()) && router.ospf.isSettled();
    }

    private boolean agreesWithNeighbors(OspfRouter ospf) {
        for (Ipv4Address id : ospf.fullNeighbors()) {
            OspfRouter neighbor = byId.get(id);
            if (neighbor != null && neighbor.databaseDigest() != ospf.databaseDigest()) {
                return false;
            }
        }
        return true;
    }

    /** How many routes all of them have together. */
    public long routes() {
        return routers.values().stream().mapToLong(router -> router.rib.size()).sum();
    }

    /** The handlers of the whole and of each node. */
    public HandlerSpace handlers() {
        Handlers whole = new Handlers();
        whole.read("list", () -> String.join("\n", routers.keySet()) + "\n");
        whole.read("status", this::status);
        whole.read(
                "journal", from -> journal.from(from.isBlank() ? 0 : Long.parseLong(from.strip())));
        return new HandlerTree(whole, this::handlersOf);
    }

    private @Nullable Handlers handlersOf(String node) {
        Router router = routers.get(node);
        if (router == null) {
            return null;
        }
        RouterView view = new RouterView(clock, router.config, router.ospf, router.rib);
        return new Handlers()
                .read("neighbors", view::neighbors)
                .read("routes", view::routes)
                .read("database", view::database)
                .read("events", view::events)
                .read("announced", view::announced)
                .write("cost", view::cost)
                .act("announce", view::announce)
                .act("withdraw", view::withdraw);
    }

    private String status() {
        long full = routers.values().stream().filter(this::isSettled).count();
        return RouterView.status(routers.size(), full, routes(), doors.unsent(), isConverged());
    }
}
