package vini.routing.process;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Handlers;
import vini.forwarder.Journal;
import vini.forwarder.NodeLeases;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * All routers of a slice on one thread, and their handlers. Live, they are one process; in the
 * virtual world they stand beside the graphs. Each may end without a word, start anew without a
 * memory, and stand still and go on.
 *
 * <p>Handlers: {@code list} (of nodes), {@code status}, {@code journal FROM}, {@code down} and
 * {@code frozen} (names: which nodes have no router now, and whose router stands still; also
 * written, and so it is then), {@code lease} (written: for how long, see {@link NodeLeases}); of
 * each node {@code neighbors}, {@code routes}, {@code database}, {@code events}, {@code announced}
 * (read), {@code cost} (write: {@code NEIGHBOUR COST}), {@code announce} (write: {@code PREFIX
 * [METRIC] [type 1|2]}, a line each), {@code withdraw} (write: {@code PREFIX}, a line each). What
 * is a table is JSON.
 */
public final class SliceRouters {
    /** What routers are given: their ways to the links and into the FIBs. */
    public interface Doors {
        PuntPort port(String node);

        /** The way of a new router into the FIB of its node. */
        FibDoor fib(String node);

        /** The router of that node is gone. */
        void routerGone(String node);

        /** Whether the node's forwarder is there, has told all carriers, and has all routes. */
        boolean isReady(String node);

        /** Packets of routers that could not be sent, because the forwarder was away or busy. */
        long unsent();
    }

    private record Router(
            SliceConfig.NodeConfig config, RouterGate gate, OspfRouter ospf, Rib rib) {}

    private final Clock clock;
    private final Seed seed;
    private final Doors doors;
    private final OspfProcess process;
    private final Map<String, SliceConfig.NodeConfig> nodes = new LinkedHashMap<>();
    private final Map<String, Router> routers = new LinkedHashMap<>();
    private final Map<Ipv4Address, OspfRouter> byId = new LinkedHashMap<>();

    /** How many routers each node has had, so that none does the same as the one before. */
    private final Map<String, Integer> lives = new LinkedHashMap<>();

    private final Set<String> down = new TreeSet<>();
    private final Set<String> frozen = new TreeSet<>();
    private final NodeLeases leases;
    private final Journal journal = new Journal();
    private boolean running;

    /** Nothing happens before {@link #start}. */
    public SliceRouters(SliceConfig config, Clock clock, Seed seed, Doors doors) {
        this.clock = clock;
        this.seed = seed;
        this.doors = doors;
        this.process = new OspfProcess(seed.generator("ospf").nextDouble());
        this.leases = new NodeLeases(clock, this::leaseOver);
        config.nodes().forEach(node -> nodes.put(node.name(), node));
    }

    private void make(SliceConfig.NodeConfig node) {
        String name = node.name();
        int life = lives.merge(name, 1, Integer::sum);
        RouterGate gate = new RouterGate(clock, doors.port(name));
        FibDoor fib = doors.fib(name);
        Rib rib = new Rib(fib, gate.clock());
        fib.source(rib::installs);
        OspfRouter ospf =
                new OspfRouter(
                        node.ospf(),
                        process,
                        gate.clock(),
                        seed.generator("ospf/" + name + (life == 1 ? "" : "/" + life)),
                        gate,
                        rib,
                        event -> note(name, event));
        node.announced().forEach(ospf::announce);
        routers.put(name, new Router(node, gate, ospf, rib));
        byId.put(node.ospf().routerId(), ospf);
    }

    private void note(String node, OspfEvent event) {
        journal.add(event.nanos(), node, event.toString());
    }

    private void note(String node, String what) {
        journal.add(clock.nowNanos(), node, what);
    }

    /** What happened to the routers, in the words of {@link OspfEvent}. */
    public Journal journal() {
        return journal;
    }

    /** All routers start, except those of nodes that are down. */
    public void start() {
        running = true;
        List<String> starting =
                nodes.keySet().stream()
                        .filter(node -> !down.contains(node) && !routers.containsKey(node))
                        .toList();
        starting.forEach(node -> make(ForwarderLink.of(nodes, node)));
        for (String node : starting) {
            Router router = ForwarderLink.of(routers, node);
            router.ospf.start();
            if (frozen.contains(node)) {
                router.gate.stop();
            }
        }
    }

    /** All routers take leave of their neighbours. */
    public void stop() {
        routers.values().forEach(router -> router.ospf.stop());
    }

    /** All routers are gone without a word, as when their process is killed. */
    public void die() {
        running = false;
        List.copyOf(routers.keySet()).forEach(this::end);
    }

    private void end(String node) {
        Router router = routers.remove(node);
        if (router != null) {
            router.gate.end();
            byId.remove(router.config.ospf().routerId());
            doors.routerGone(node);
        }
    }

    /**
     * These nodes have no router, and no others: those that they have are gone without a word, and
     * the others get a new one.
     *
     * @throws IllegalArgumentException there is no such node
     */
    public void down(Set<String> names) {
        check(names);
        Set<String> before = new TreeSet<>(down);
        down.clear();
        down.addAll(names);
        for (String node : names) {
            if (before.add(node)) {
                frozen.remove(node);
                end(node);
                note(node, "router down");
            }
        }
        before.removeAll(names);
        before.forEach(node -> note(node, "router up"));
        if (running) {
            start();
        }
    }

    /**
     * The routers of these nodes stand still, and no others; of nodes that are down nothing
     * changes.
     *
     * @throws IllegalArgumentException there is no such node
     */
    public void frozen(Set<String> names) {
        check(names);
        for (String node : nodes.keySet()) {
            Router router = routers.get(node);
            if (names.contains(node) && !down.contains(node) && frozen.add(node)) {
                note(node, "router frozen");
                if (router != null) {
                    router.gate.stop();
                }
            } else if (!names.contains(node) && frozen.remove(node)) {
                note(node, "router thawed");
                if (router != null) {
                    router.gate.goOn();
                }
            }
        }
    }

    /** The node has been down, or stood still, for as long as it may. */
    private void leaseOver(String node) {
        if (down.contains(node)) {
            down(without(down, node));
            note(node, "router lease over");
        } else if (frozen.contains(node)) {
            frozen(without(frozen, node));
            note(node, "router lease over");
        }
    }

    private static Set<String> without(Set<String> names, String name) {
        Set<String> others = new TreeSet<>(names);
        others.remove(name);
        return others;
    }

    private void check(Set<String> names) {
        for (String name : names) {
            if (!nodes.containsKey(name)) {
                throw new IllegalArgumentException("no node " + name);
            }
        }
    }

    /**
     * Whether the network has converged, as far as the routers can tell: each has all neighbours
     * that it may hope for and nothing to do, and full neighbours have the same database. An LSA
     * that is on its way is in the database of who sent it, so this sees it, too. Nodes that are
     * down are not asked.
     */
    public boolean isConverged() {
        for (Router router : routers.values()) {
            if (!isSettled(router)) {
                return false;
            }
        }
        return !routers.isEmpty()
                && routers.values().stream().allMatch(router -> agreesWithNeighbors(router.ospf));
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
        whole.read("list", () -> String.join("\n", nodes.keySet()) + "\n");
        whole.read("down", () -> lines(down));
        whole.act("down", value -> down(names(value)));
        whole.read("frozen", () -> lines(frozen));
        whole.act("frozen", value -> frozen(names(value)));
        whole.act("lease", leases::write);
        whole.read("status", this::status);
        whole.read(
                "journal", from -> journal.from(from.isBlank() ? 0 : Long.parseLong(from.strip())));
        return new HandlerTree(whole, this::handlersOf);
    }

    private static Set<String> names(String value) {
        Set<String> names = new TreeSet<>(List.of(value.strip().split("\\s+", -1)));
        names.remove("");
        return names;
    }

    private static String lines(Set<String> names) {
        return String.join("", names.stream().map(name -> name + "\n").toList());
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
        long unread = routers.values().stream().mapToLong(router -> router.gate.lost()).sum();
        return RouterView.status(
                routers.size(), full, routes(), doors.unsent(), unread, isConverged());
    }
}
