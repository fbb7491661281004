package vini.overlay.world;

import vini.forwarder.Chatter;
import vini.forwarder.ConfigException;
import vini.forwarder.GraphProcess;
import vini.forwarder.HandlerException;
import vini.forwarder.Journal;
import vini.forwarder.control.HandlerSpace;
import vini.forwarder.io.VirtualEngine;
import vini.forwarder.punt.PuntExchange;
import vini.overlay.graph.HostPort;
import vini.overlay.graph.NodeGraph;
import vini.overlay.graph.RouterText;
import vini.overlay.graph.Tunnels;
import vini.overlay.topology.AddressPlan;
import vini.overlay.topology.Link;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.world.LinkBook.Write;
import vini.routing.process.DirectLink;
import vini.routing.process.SliceConfig;
import vini.routing.process.SliceRouters;
import vini.time.Clock;
import vini.time.Seed;

import java.io.IOException;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What the two processes of a slice do, in virtual time and on one thread: the graphs of all nodes
 * and their routers. They crash, freeze and come again as those of the live world do.
 */
final class VirtualSlice implements AutoCloseable {
    /** What a supervisor and a new process take, from a death to the first packet or hello. */
    static final long RESTART_NANOS = 500_000_000L;

    private final Topology topology;
    private final AddressPlan plan;
    private final LinkBook links;
    private final NodeBook nodes;
    private final Clock clock;
    private final GraphProcess graphs;
    private final HandlerSpace forwarder;
    private final DirectLink link;
    private final SliceRouters routers;
    private final HandlerSpace routing;

    /** Processes that were killed and are not back yet. */
    private final Set<SliceProcess> dead = EnumSet.noneOf(SliceProcess.class);

    private final Causes<SliceProcess> frozen = new Causes<>();

    /** Builds the slice and starts its routers; on the thread of the engine. */
    VirtualSlice(
            Topology topology, AddressPlan plan, LinkBook links, Seed seed, VirtualEngine engine) {
        this.topology = topology;
        this.plan = plan;
        this.links = links;
        this.nodes = new NodeBook(topology);
        this.clock = engine.clock();
        this.graphs = new GraphProcess(engine.loops(), seed);
        this.forwarder = graphs.handlers();
        topology.nodes().forEach(this::startGraph);
        SliceConfig config = SliceConfig.parse(RouterText.of(topology, plan));
        PuntExchange exchange = graphs.shared().get(PuntExchange.class, PuntExchange::new);
        this.link = new DirectLink(clock, config, exchange, forwarder);
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

    HandlerSpace forwarder() {
        return forwarder;
    }

    HandlerSpace routing() {
        return routing;
    }

    void chatterTo(Consumer<String> listener) {
        graphs.shared().get(Chatter.class, Chatter::new).to(listener);
    }

    Journal forwarderJournal() {
        return graphs.shared().journal();
    }

    Journal routerJournal() {
        return routers.journal();
    }

    /** How many routes all routers have together. */
    long routes() {
        return routers.routes();
    }

    boolean isConverged() {
        return routers.isConverged();
    }

    /** Tells the forwarder how something should be; one that is away learns of it later. */
    void tellForwarder(List<Write> writes) throws IOException {
        if (!dead.contains(SliceProcess.FORWARDER)) {
            tell(forwarder, writes);
        }
    }

    /** Tells the router likewise. */
    void tellRouter(List<Write> writes) throws IOException {
        if (!dead.contains(SliceProcess.ROUTER)) {
            tell(routing, writes);
        }
    }

    private void tell(HandlerSpace process, List<Write> writes) throws IOException {
        for (Write write : nodes.taken(writes)) {
            try {
                process.write(write.handler(), write.value());
            } catch (HandlerException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }

    /** The router first: it says no word. */
    void crash(Node node, Cause cause) throws IOException {
        if (nodes.crash(node, cause)) {
            makeRouters();
            link.gone(node.name());
            makeGraphs();
        }
    }

    boolean start(Node node, Cause cause) throws IOException {
        boolean comes = nodes.start(node, cause);
        if (comes) {
            makeGraphs();
            if (!dead.contains(SliceProcess.FORWARDER)) {
                cameUp(node);
            }
            makeRouters();
            tellRouter(NodeBook.of(node, links.routerWrites()));
        }
        return comes;
    }

    /** A node has a fresh graph: it learns of its links, and the router of it. */
    private void cameUp(Node node) throws IOException {
        for (Link each : topology.linksOf(node)) {
            tell(forwarder, NodeBook.of(node, links.forwarderWrites(each, clock.nowNanos())));
        }
        link.back(node.name());
    }

    void freeze(Node node, Cause cause) throws IOException {
        if (nodes.freeze(node, cause)) {
            makeGraphs();
            makeRouters();
        }
    }

    boolean thaw(Node node, Cause cause) throws IOException {
        boolean goesOn = nodes.thaw(node, cause);
        if (goesOn) {
            makeGraphs();
            makeRouters();
        }
        return goesOn;
    }

    /** All graphs are as the books of nodes and processes say. */
    private void makeGraphs() throws IOException {
        boolean none = dead.contains(SliceProcess.FORWARDER);
        boolean allFrozen = frozen.has(SliceProcess.FORWARDER);
        try {
            graphs.down(none ? names(topology.nodes()) : names(nodes.down()));
            graphs.frozen(allFrozen ? names(topology.nodes()) : names(nodes.frozen()));
        } catch (HandlerException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** All routers are as the books of nodes and processes say. */
    private void makeRouters() {
        routers.down(names(nodes.down()));
        boolean allFrozen = frozen.has(SliceProcess.ROUTER);
        routers.frozen(allFrozen ? names(topology.nodes()) : names(nodes.frozen()));
    }

    private static Set<String> names(List<Node> nodes) {
        Set<String> names = new LinkedHashSet<>();
        nodes.forEach(node -> names.add(node.name()));
        return names;
    }

    /** A process dies, and is back after what that takes a supervisor; a dead one stays so. */
    void kill(SliceProcess process) throws IOException {
        if (!dead.add(process)) {
            return;
        }
        boolean _ = frozen.remove(process, Cause.OPERATOR);
        switch (process) {
            case FORWARDER -> {
                nodes.present().forEach(node -> link.gone(node.name()));
                makeGraphs();
            }
            case ROUTER -> routers.die();
        }
        clock.schedule(RESTART_NANOS, () -> comeBack(process));
    }

    private void comeBack(SliceProcess process) {
        dead.remove(process);
        try {
            switch (process) {
                case FORWARDER -> {
                    makeGraphs();
                    for (Node node : nodes.present()) {
                        cameUp(node);
                    }
                }
                case ROUTER -> {
                    link.keepOldRoutes(clock, routers);
                    makeRouters();
                    routers.start();
                    tell(routing, links.routerWrites());
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("the " + process + " cannot come back", e);
        }
    }

    void freeze(SliceProcess process, Cause cause) throws IOException {
        if (dead.contains(process)) {
            throw new IOException("the " + process + " is being started again");
        }
        if (frozen.add(process, cause)) {
            make(process);
        }
    }

    boolean thaw(SliceProcess process, Cause cause) throws IOException {
        boolean goesOn = frozen.remove(process, cause);
        if (goesOn) {
            make(process);
        }
        return goesOn;
    }

    private void make(SliceProcess process) throws IOException {
        switch (process) {
            case FORWARDER -> makeGraphs();
            case ROUTER -> makeRouters();
        }
    }

    /** Ends all graphs; nothing happens any more. */
    @Override
    public void close() {
        graphs.close();
    }
}
