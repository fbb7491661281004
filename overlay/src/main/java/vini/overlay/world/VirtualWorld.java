package vini.overlay.world;

import vini.forwarder.Chatter;
import vini.forwarder.ConfigException;
import vini.forwarder.GraphProcess;
import vini.forwarder.HandlerException;
import vini.forwarder.Journal;
import vini.forwarder.control.HandlerSpace;
import vini.forwarder.io.VirtualEngine;
import vini.forwarder.punt.PuntExchange;
import vini.net.Ipv4Address;
import vini.overlay.graph.HostPort;
import vini.overlay.graph.NodeGraph;
import vini.overlay.graph.RouterText;
import vini.overlay.graph.Tunnels;
import vini.overlay.topology.AddressPlan;
import vini.overlay.topology.End;
import vini.overlay.topology.Link;
import vini.overlay.topology.LinkName;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.routing.process.DirectLink;
import vini.routing.process.SliceConfig;
import vini.routing.process.SliceRouters;
import vini.time.Seed;
import vini.time.VirtualClock;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * A slice in virtual time: the graphs of all nodes and all routers on one thread. The graphs are
 * those of the live world, with builtin hosts and links that hand packets over; the same seed gives
 * the same events in the same order. Doors of nodes stay shut: there is no outside.
 */
public final class VirtualWorld implements World {
    private static final long CHECK_NANOS = 5_000_000L;

    private final Topology topology;
    private final AddressPlan plan;
    private final LinkBook links;
    private final FailedNodes failed = new FailedNodes();
    private final VirtualClock clock;
    private final GraphProcess graphs;
    private final HandlerSpace forwarder;
    private final SliceRouters routers;
    private final HandlerSpace routing;
    private final long launchedNanos;

    /** Builds the slice and starts its routers; on the thread of the engine, which others close. */
    public VirtualWorld(Topology topology, Seed seed, VirtualEngine engine) {
        this.topology = topology;
        this.plan = AddressPlan.of(topology);
        this.links = new LinkBook(topology);
        this.clock = engine.clock();
        this.launchedNanos = clock.nowNanos();
        this.graphs = new GraphProcess(engine.loops(), seed);
        this.forwarder = graphs.handlers();
        topology.nodes().forEach(this::startGraph);
        SliceConfig config = SliceConfig.parse(RouterText.of(topology, plan));
        PuntExchange exchange = graphs.shared().get(PuntExchange.class, PuntExchange::new);
        DirectLink link = new DirectLink(clock, config, exchange, forwarder);
        this.routers = new SliceRouters(config, clock, seed, link);
        this.routing = routers.handlers();
        routers.start();
        link.start();
    }

    private void startGraph(Node node) {
        String text =
                NodeGraph.text(
                        topology,
                        plan,
                        node,
                        new HostPort.Builtin(plan.routerId(node)),
                        new Tunnels.Direct(),
                        List.of());
        try {
            var _ = graphs.start(node.name(), node.name() + ".click", text);
        } catch (ConfigException e) {
            throw new IllegalStateException(String.join("\n", e.problems()), e);
        }
    }

    /**
     * Lets time pass until all routers know the network.
     *
     * @param limitNanos how long at most
     * @return how long it took; -1 if longer than that
     */
    public long converge(long limitNanos) {
        while (clock.nowNanos() - launchedNanos < limitNanos) {
            clock.runFor(CHECK_NANOS);
            if (routers.isConverged()) {
                return clock.nowNanos() - launchedNanos;
            }
        }
        return -1;
    }

    /** The routers' own view, as JSON: how many there are, how many have all neighbours, routes. */
    public String status() throws IOException {
        return read(routing, "status", "");
    }

    /** Whether all routers know the network, as far as they can tell. */
    public boolean isConverged() {
        return routers.isConverged();
    }

    /** Leads what elements say elsewhere than to standard error. */
    public void chatterTo(Consumer<String> listener) {
        graphs.shared().get(Chatter.class, Chatter::new).to(listener);
    }

    /** Reads a handler of a graph: {@code NODE/ELEMENT.HANDLER}. */
    public String readForwarder(String handler) throws IOException {
        return read(forwarder, handler, "");
    }

    /** Reads a handler of a router: {@code NODE.HANDLER}. */
    public String readRouters(String handler) throws IOException {
        return read(routing, handler, "");
    }

    /** How many routes all routers have together. */
    public long routes() {
        return routers.routes();
    }

    private static String read(HandlerSpace space, String handler, String argument)
            throws IOException {
        try {
            return space.read(handler, argument);
        } catch (HandlerException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void write(HandlerSpace space, String handler, String value) throws IOException {
        try {
            space.write(handler, value);
        } catch (HandlerException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public VirtualClock clock() {
        return clock;
    }

    @Override
    public Topology topology() {
        return topology;
    }

    @Override
    public void fail(LinkName name, FailureMode mode, Cause cause) throws IOException {
        Link link = topology.require(name);
        links.fail(link, mode, link.end(name.from()), cause);
        tell(link);
    }

    @Override
    public boolean restore(LinkName name, Cause cause) throws IOException {
        Link link = topology.require(name);
        boolean restored = links.restore(link, cause);
        tell(link);
        return restored;
    }

    private void tell(Link link) throws IOException {
        for (LinkBook.Write each : links.forwarderWrites(link, clock.nowNanos())) {
            write(forwarder, each.handler(), each.value());
        }
    }

    @Override
    public void fail(Node node, FailureMode mode, Cause cause) throws IOException {
        for (Link link : topology.linksOf(node)) {
            links.fail(link, mode.bothWays(), link.end(node), cause);
            tell(link);
        }
        failed.add(node, cause);
    }

    @Override
    public boolean restore(Node node, Cause cause) throws IOException {
        for (Link link : topology.linksOf(node)) {
            links.restore(link, cause);
            tell(link);
        }
        return failed.remove(node, cause);
    }

    @Override
    public void set(Way way, String property, String value, Cause cause) throws IOException {
        Link link = topology.require(way.link());
        for (End end : way.ends(topology)) {
            links.set(link, end, property, value, cause);
        }
        tell(link);
    }

    @Override
    public void unset(Way way, Cause cause) throws IOException {
        Link link = topology.require(way.link());
        for (End end : way.ends(topology)) {
            links.unset(link, end, cause);
        }
        tell(link);
    }

    @Override
    public void cost(Way way, int cost) throws IOException {
        Link link = topology.require(way.link());
        for (End end : way.ends(topology)) {
            links.cost(link, end, cost);
        }
        for (LinkBook.Write each : links.routerWrites(link)) {
            write(routing, each.handler(), each.value());
        }
    }

    @Override
    public String property(Way way, String property) {
        End first = way.ends(topology).getFirst();
        return links.property(topology.require(way.link()), first, property);
    }

    private Node node(String name) {
        Node node = topology.node(name);
        if (node == null) {
            throw new IllegalArgumentException("no node " + name);
        }
        return node;
    }

    @Override
    public Host host(String name) {
        return new BuiltinHost(
                node(name).name(),
                (handler, argument) -> read(forwarder, handler, argument),
                (handler, value) -> write(forwarder, handler, value));
    }

    @Override
    public Ipv4Address address(String name) {
        return plan.routerId(node(name));
    }

    /**
     * Tells each line when it is written, so that nothing is lost however much happens at once. Of
     * what has happened before, the routes are told as they are now if there were more changes than
     * the journal holds; of the routers' lines the last are told.
     */
    @Override
    public void follow(Listener listener) throws IOException {
        if (graphs.shared().journal().lost() > 0) {
            for (Node node : topology.nodes()) {
                tellRoutes(node, listener);
            }
        } else {
            tellAll(graphs.shared().journal(), listener);
        }
        tellAll(routers.journal(), listener);
        graphs.shared().journal().follow(listener::happened);
        routers.journal().follow(listener::happened);
    }

    private static void tellAll(Journal journal, Listener listener) {
        JournalLines lines = new JournalLines(listener);
        while (lines.take(journal.from(lines.next()))) {
            // There may be more.
        }
    }

    private void tellRoutes(Node node, Listener listener) throws IOException {
        long now = clock.nowNanos();
        String place = node.name() + "/fib";
        read(forwarder, place + ".table", "")
                .lines()
                .forEach(route -> listener.happened(now, place, "set " + route));
    }

    /** Nothing to do: all was told when it happened. */
    @Override
    public void catchUp() {}

    @Override
    public long missed() {
        return 0;
    }

    @Override
    public String books() throws IOException {
        return read(forwarder, "books", "");
    }

    @Override
    public void markStart() throws IOException {
        write(forwarder, "punctuality", "");
    }

    @Override
    public String punctuality() throws IOException {
        return read(forwarder, "punctuality", "");
    }

    /** Ends all graphs; nothing happens any more. */
    @Override
    public void close() {
        graphs.close();
    }
}
