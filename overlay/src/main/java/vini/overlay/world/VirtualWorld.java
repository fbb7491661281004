package vini.overlay.world;

import vini.forwarder.HandlerException;
import vini.forwarder.Journal;
import vini.forwarder.capture.CaptureOrder;
import vini.forwarder.capture.Captured;
import vini.forwarder.control.HandlerSpace;
import vini.forwarder.io.VirtualEngine;
import vini.net.Ipv4Address;
import vini.overlay.topology.AddressPlan;
import vini.overlay.topology.End;
import vini.overlay.topology.Link;
import vini.overlay.topology.LinkName;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.time.Seed;
import vini.time.VirtualClock;

import java.io.IOException;
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
    private final Causes<Node> failed = new Causes<>();
    private final VirtualClock clock;
    private final HandlerSpace forwarder;
    private final HandlerSpace routing;
    private final VirtualSlice slice;
    private final FarEndWatch farEnds;
    private final long launchedNanos;
    private Consumer<Underlay> underlay = change -> {};

    /** Builds the slice and starts its routers; on the thread of the engine, which others close. */
    public VirtualWorld(Topology topology, Seed seed, VirtualEngine engine) {
        this.topology = topology;
        this.plan = AddressPlan.of(topology);
        this.links = new LinkBook(topology);
        this.clock = engine.clock();
        this.launchedNanos = clock.nowNanos();
        this.slice = new VirtualSlice(topology, plan, links, seed, engine);
        this.forwarder = slice.forwarder();
        this.routing = slice.routing();
        this.farEnds =
                new FarEndWatch(
                        clock,
                        topology,
                        version -> read(forwarder, "far_ends", version),
                        this::follow);
    }

    /** From now on tells what becomes of the tunnels of links. */
    public void onUnderlay(Consumer<Underlay> listener) {
        underlay = listener;
    }

    private void follow(Underlay change) throws IOException {
        if (change.works()) {
            links.restore(change.link(), change.cause());
        } else {
            links.fail(change.link(), FailureMode.DOWN, End.A, change.cause());
        }
        tell(change.link());
        underlay.accept(change);
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
            if (slice.isConverged()) {
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
        return slice.isConverged();
    }

    /** Leads what elements say elsewhere than to standard error. */
    public void chatterTo(Consumer<String> listener) {
        slice.chatterTo(listener);
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
        return slice.routes();
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
        slice.tellForwarder(links.forwarderWrites(link, clock.nowNanos()));
    }

    @Override
    public void fail(Node node, FailureMode mode, Cause cause) throws IOException {
        for (Link link : topology.linksOf(node)) {
            links.fail(link, mode.bothWays(), link.end(node), cause);
            tell(link);
        }
        boolean _ = failed.add(node, cause);
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
        slice.tellRouter(links.routerWrites(link));
    }

    @Override
    public String property(Way way, String property) {
        End first = way.ends(topology).getFirst();
        return links.property(topology.require(way.link()), first, property);
    }

    @Override
    public void crash(Node node, Cause cause) throws IOException {
        slice.crash(node, cause);
    }

    @Override
    public boolean start(Node node, Cause cause) throws IOException {
        return slice.start(node, cause);
    }

    @Override
    public void freeze(Node node, Cause cause) throws IOException {
        slice.freeze(node, cause);
    }

    @Override
    public boolean thaw(Node node, Cause cause) throws IOException {
        return slice.thaw(node, cause);
    }

    @Override
    public void kill(SliceProcess process) throws IOException {
        slice.kill(process);
    }

    @Override
    public void freeze(SliceProcess process, Cause cause) throws IOException {
        slice.freeze(process, cause);
    }

    @Override
    public boolean thaw(SliceProcess process, Cause cause) throws IOException {
        return slice.thaw(process, cause);
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
        if (slice.forwarderJournal().lost() > 0) {
            for (Node node : topology.nodes()) {
                tellRoutes(node, listener);
            }
        } else {
            tellAll(slice.forwarderJournal(), listener);
        }
        tellAll(slice.routerJournal(), listener);
        slice.forwarderJournal().follow(listener::happened);
        slice.routerJournal().follow(listener::happened);
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
        fib(node).lines().forEach(route -> listener.happened(now, place, "set " + route));
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
    public String links(long since) throws IOException {
        return read(forwarder, "links", Long.toString(since));
    }

    @Override
    public void capture(String name, CaptureOrder order) throws IOException {
        write(forwarder, "capture", name + "\n" + order.text());
    }

    @Override
    public Captured captured(String name) throws IOException {
        return Captured.from(() -> read(forwarder, "captured", name));
    }

    @Override
    public void endCapture(String name) throws IOException {
        write(forwarder, "capture_end", name);
    }

    @Override
    public String fib(Node node) throws IOException {
        return read(forwarder, node.name() + "/fib.table", "");
    }

    @Override
    public String neighbors(Node node) throws IOException {
        return read(routing, node.name() + ".neighbors", "");
    }

    @Override
    public String totals() throws IOException {
        return read(forwarder, "totals", "");
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
        farEnds.close();
        slice.close();
    }
}
