package vini.forwarder;

import org.jspecify.annotations.Nullable;

import vini.forwarder.control.HandlerSpace;
import vini.forwarder.control.HandlerTree;
import vini.forwarder.lang.Parser;
import vini.time.Seed;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The graphs of one forwarder (a process, or the virtual world's) and their handlers: {@code
 * NODE/ELEMENT.HANDLER}, {@code NODE.config|list|books}, {@code NODE.hotconfig} (written: a text
 * that takes the graph's place, or is refused with its mistakes, and the graph goes on), and of the
 * whole {@code list}, {@code journal FROM}, {@code books}, {@code totals} (the books of all graphs
 * in one), {@code punctuality} (also written: counts anew), {@code classes}, {@code packets} (in
 * use), {@code packet_bytes} (memory that those take). Used on one thread; the graphs may be on
 * several loops.
 */
public final class GraphProcess implements AutoCloseable {
    private final Loops loops;
    private final Seed seed;
    private final Shared shared = new Shared();
    private final Map<String, Graph> graphs = new LinkedHashMap<>();

    /** A process with one loop. */
    public GraphProcess(Loop loop, Seed seed) {
        this(new Loops(List.of(loop)), seed);
    }

    /** A process with several loops; a graph lives on one of them. */
    public GraphProcess(Loops loops, Seed seed) {
        this.loops = loops;
        this.seed = seed;
    }

    /** Starts a graph on the first loop; see {@link Graph#start}. */
    public Graph start(String name, String file, String text) throws ConfigException {
        return start(name, file, text, 0);
    }

    /**
     * Starts a graph on one of the loops, counted from 0. Threads that it asks for itself are
     * counted from there.
     */
    public Graph start(String name, String file, String text, int loop) throws ConfigException {
        if (graphs.containsKey(name)) {
            throw new ConfigException("there is a graph '" + name + "' already");
        }
        Loops turned = loops.from(loop);
        return keep(Graph.start(name, text, Parser.parse(file, text), turned, shared, seed, null));
    }

    /** Puts another graph in the place of one that runs; see {@link Graph#start}. */
    public Graph replace(String name, String file, String text) throws ConfigException {
        Graph old = graphs.get(name);
        if (old == null) {
            throw new ConfigException("there is no graph '" + name + "'");
        }
        return keep(
                Graph.start(name, text, Parser.parse(file, text), old.loops(), shared, seed, old));
    }

    private Graph keep(Graph graph) {
        graph.handlers().act("hotconfig", text -> reconfigure(graph.name(), text));
        graphs.put(graph.name(), graph);
        return graph;
    }

    private void reconfigure(String name, String text) throws HandlerException {
        try {
            Graph _ = loops.standStill(() -> replace(name, "hotconfig", text));
        } catch (ConfigException e) {
            throw new HandlerException(String.join("\n", e.problems()));
        }
    }

    /** What the graphs have in common. */
    public Shared shared() {
        return shared;
    }

    /** The handlers of all graphs and of the whole. */
    public HandlerSpace handlers() {
        Handlers whole = new Handlers();
        whole.read("list", () -> String.join("\n", graphs.keySet()) + "\n");
        whole.read("classes", () -> String.join("\n", ElementClasses.names()) + "\n");
        whole.read("packets", () -> loops.standStill(loops::packetsInUse));
        whole.read("packet_bytes", () -> loops.standStill(loops::packetBytesInUse));
        whole.read("books", () -> loops.standStill(this::books));
        whole.read("totals", () -> loops.standStill(this::totals));
        Punctuality punctuality = shared.get(Punctuality.class, Punctuality::new);
        whole.read("punctuality", () -> loops.standStill(punctuality::text));
        whole.write("punctuality", value -> loops.standStill(() -> reset(punctuality)));
        whole.read(
                "journal",
                from -> shared.journal().from(from.isBlank() ? 0 : Long.parseLong(from.strip())));
        return new HandlerTree(whole, this::handlersOf);
    }

    private static boolean reset(Punctuality punctuality) {
        punctuality.reset();
        return true;
    }

    /**
     * The books of all graphs while the loops stand still: the rows of each with the graph's name
     * in front.
     */
    private String books() {
        shared.get(OnTheWay.class, OnTheWay::new).arrive();
        StringBuilder text = new StringBuilder();
        graphs.forEach(
                (name, graph) ->
                        graph.ledger()
                                .text()
                                .lines()
                                .forEach(row -> text.append(name + " " + row + "\n")));
        return text.append("- in_use ").append(loops.packetsInUse()).append('\n').toString();
    }

    /** The same in a few rows, while the loops stand still; see {@link LedgerSum#text}. */
    private String totals() {
        shared.get(OnTheWay.class, OnTheWay::new).arrive();
        LedgerSum sum = new LedgerSum();
        graphs.values().forEach(graph -> graph.ledger().addTo(sum));
        return sum.text(loops.packetsInUse());
    }

    private @Nullable Handlers handlersOf(String owner) {
        int slash = owner.indexOf('/');
        Graph graph = graphs.get(slash < 0 ? owner : owner.substring(0, slash));
        if (graph == null) {
            return null;
        }
        if (slash < 0) {
            return graph.handlers();
        }
        try {
            return graph.handlersOf(owner.substring(slash + 1));
        } catch (HandlerException e) {
            return null;
        }
    }

    @Override
    public void close() {
        graphs.values().forEach(Graph::close);
        graphs.clear();
    }
}
