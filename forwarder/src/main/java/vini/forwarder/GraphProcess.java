package vini.forwarder;

import org.jspecify.annotations.Nullable;

import vini.forwarder.control.HandlerSpace;
import vini.forwarder.control.HandlerTree;
import vini.forwarder.lang.Parser;
import vini.time.Seed;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The graphs of one forwarder (a process, or the virtual world's) and their handlers: {@code
 * NODE/ELEMENT.HANDLER}, {@code NODE.config|list|books}, {@code NODE.hotconfig} (written: a text
 * that takes the graph's place, or is refused with its mistakes, and the graph goes on), and of the
 * whole {@code list}, {@code journal FROM}, {@code books}, {@code totals} (the books of all graphs
 * in one), {@code punctuality} (also written: counts anew), {@code links SINCE} (what directions of
 * links have carried that did something since that reading, see {@link LinkEnd}), {@code far_ends
 * VERSION} (which watched tunnels hear their far ends, see {@link FarEnds}), {@code classes},
 * {@code packets} (in use), {@code packet_bytes} (memory that those take), {@code down} and {@code
 * frozen} (names: which graphs there are not now, and which stand still; also written, and so it is
 * then), {@code lease} (written: for how long, see {@link NodeLeases}), {@code capture} and {@code
 * capture_end} (written: a name and an order, and a name, see {@link Captures}), {@code captured
 * NAME}. Used on one thread; the graphs may be on several loops.
 */
public final class GraphProcess implements AutoCloseable {
    private record Origin(String file, int loop) {}

    private final Loops loops;
    private final Seed seed;
    private final Shared shared = new Shared();
    private final Map<String, Graph> graphs = new LinkedHashMap<>();
    private final Captures captures;
    private long linkReadings;

    /** Those that run, by name: from which file and on which loop. */
    private final Map<String, Origin> origins = new LinkedHashMap<>();

    private final Map<String, StoppedGraph> stopped = new LinkedHashMap<>();
    private final Set<String> frozen = new TreeSet<>();
    private final NodeLeases leases;

    /** A process with one loop. */
    public GraphProcess(Loop loop, Seed seed) {
        this(new Loops(List.of(loop)), seed);
    }

    /** A process with several loops; a graph lives on one of them. */
    public GraphProcess(Loops loops, Seed seed) {
        this.loops = loops;
        this.seed = seed;
        this.leases = new NodeLeases(loops.first().clock(), this::leaseOver);
        captures = new Captures(loops.first().clock());
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
        Graph graph = Graph.start(name, text, Parser.parse(file, text), turned, shared, seed, null);
        origins.put(name, new Origin(file, loop));
        return keep(graph);
    }

    /** Knows a graph that is down for now; see {@link #start(String, String, String, int)}. */
    public void startLater(String name, String file, String text, int loop) {
        stopped.put(name, new StoppedGraph(name, file, text, loop, null));
    }

    /**
     * These graphs are down, and no others: what runs of them ends at once, as a machine that loses
     * its power, and what is down of the others starts, as if it had never run.
     *
     * @throws HandlerException one cannot start, or there is none of that name
     */
    public void down(Set<String> names) throws HandlerException {
        checkNames(names);
        for (String name : names) {
            Graph graph = graphs.remove(name);
            Origin origin = origins.remove(name);
            if (graph != null && origin != null) {
                frozen.remove(name);
                graph.crash();
                note(graph, "down");
                stopped.put(
                        name,
                        new StoppedGraph(
                                name, origin.file, graph.text(), origin.loop, graph.ledger()));
            }
        }
        for (Map.Entry<String, StoppedGraph> each : List.copyOf(stopped.entrySet())) {
            if (!names.contains(each.getKey())) {
                startAgain(each.getKey(), each.getValue());
            }
        }
    }

    private void startAgain(String name, StoppedGraph graph) throws HandlerException {
        try {
            note(graph.start(this), "up");
            stopped.remove(name);
        } catch (ConfigException e) {
            throw new HandlerException(String.join("\n", e.problems()));
        }
    }

    /**
     * These graphs stand still, and no others; of those that are down nothing changes.
     *
     * @throws HandlerException there is none of that name
     */
    public void frozen(Set<String> names) throws HandlerException {
        checkNames(names);
        graphs.forEach(
                (name, graph) -> {
                    if (names.contains(name) && frozen.add(name)) {
                        graph.freeze();
                        note(graph, "frozen");
                    } else if (!names.contains(name) && frozen.remove(name)) {
                        graph.thaw();
                        note(graph, "thawed");
                    }
                });
    }

    /** The node has been down, or stood still, for as long as it may. */
    private void leaseOver(String node) {
        boolean away = stopped.containsKey(node);
        if (!away && !frozen.contains(node)) {
            return;
        }
        String note = "node lease over";
        try {
            if (away) {
                down(without(stopped.keySet(), node));
            } else {
                frozen(without(frozen, node));
            }
        } catch (HandlerException e) {
            note = "node lease over, but " + e.getMessage();
        }
        shared.journal().add(loops.first().clock().nowNanos(), node, note);
    }

    private static Set<String> without(Set<String> names, String name) {
        Set<String> others = new TreeSet<>(names);
        others.remove(name);
        return others;
    }

    private void checkNames(Set<String> names) throws HandlerException {
        for (String name : names) {
            if (!graphs.containsKey(name) && !stopped.containsKey(name)) {
                throw new HandlerException("there is no graph '" + name + "'");
            }
        }
    }

    private void note(Graph graph, String what) {
        shared.journal().add(graph.loop().clock().nowNanos(), graph.name(), what);
    }

    private static Set<String> names(String value) {
        Set<String> names = new TreeSet<>(List.of(value.strip().split("\\s+", -1)));
        names.remove("");
        return names;
    }

    private static String lines(Collection<String> names) {
        return String.join("", names.stream().map(name -> name + "\n").toList());
    }

    /** Puts another graph in the place of one that runs; see {@link Graph#start}. */
    public Graph replace(String name, String file, String text) throws ConfigException {
        Graph old = graphs.get(name);
        if (old == null) {
            throw new ConfigException("there is no graph '" + name + "'");
        }
        Graph next =
                Graph.start(name, text, Parser.parse(file, text), old.loops(), shared, seed, old);
        if (frozen.contains(name)) {
            next.freeze();
        }
        return keep(next);
    }

    private Graph keep(Graph graph) {
        graph.handlers().act("hotconfig", text -> reconfigure(graph.name(), text));
        graphs.put(graph.name(), graph);
        if (!captures.areNone()) {
            captures.watch(graph);
        }
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
        whole.read("down", () -> lines(stopped.keySet()));
        whole.act("down", value -> down(names(value)));
        whole.read("frozen", () -> lines(frozen));
        whole.act("frozen", value -> frozen(names(value)));
        whole.act("lease", leases::write);
        whole.read("classes", () -> String.join("\n", ElementClasses.names()) + "\n");
        whole.read("packets", () -> loops.standStill(loops::packetsInUse));
        whole.read("packet_bytes", () -> loops.standStill(loops::packetBytesInUse));
        whole.read("books", () -> loops.standStill(this::books));
        whole.read("totals", () -> loops.standStill(this::totals));
        Punctuality punctuality = shared.get(Punctuality.class, Punctuality::new);
        whole.read("punctuality", () -> loops.standStill(punctuality::text));
        whole.write("punctuality", value -> loops.standStill(() -> reset(punctuality)));
        whole.read("links", since -> loops.standStill(() -> links(number(since))));
        FarEnds farEnds = shared.get(FarEnds.class, FarEnds::new);
        whole.read("far_ends", known -> farEnds.since(number(known)));
        whole.act("capture", order -> capture(() -> captures.begin(order)));
        whole.act("capture_end", name -> capture(() -> captures.end(name)));
        whole.read("captured", name -> loops.standStill(() -> captures.fetch(name)));
        whole.read("journal", from -> shared.journal().from(number(from)));
        return new HandlerTree(whole, this::handlersOf);
    }

    private static long number(String text) {
        return text.isBlank() ? 0 : Long.parseLong(text.strip());
    }

    private interface CaptureChange {
        void make() throws HandlerException;
    }

    private void capture(CaptureChange change) throws HandlerException {
        boolean _ =
                loops.standStill(
                        () -> {
                            change.make();
                            graphs.values().forEach(captures::watch);
                            return true;
                        });
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
        graphs.forEach((name, graph) -> books(name, graph.ledger().text(), text));
        stopped.forEach((name, graph) -> books(name, graph.books(), text));
        return text.append("- in_use ").append(loops.packetsInUse()).append('\n').toString();
    }

    /**
     * {@code reading NUMBER}, and of all link directions that did something after the reading
     * {@code since} a line {@code NODE/ELEMENT} and what {@link LinkEnd#load} says. A number that
     * is still to come is of another process: then all that ever did something.
     */
    private String links(long since) {
        long from = since > linkReadings ? 0 : since;
        linkReadings++;
        StringBuilder text = new StringBuilder("reading ").append(linkReadings).append('\n');
        graphs.forEach(
                (name, graph) -> {
                    for (Element element : graph.elements()) {
                        if (element instanceof LinkEnd link && link.looked(linkReadings, from)) {
                            text.append(name).append('/').append(element.name()).append(' ');
                            link.load(text);
                            text.append('\n');
                        }
                    }
                });
        return text.toString();
    }

    /** The same in a few rows, while the loops stand still; see {@link LedgerSum#text}. */
    private String totals() {
        shared.get(OnTheWay.class, OnTheWay::new).arrive();
        LedgerSum sum = new LedgerSum();
        graphs.values().forEach(graph -> graph.ledger().addTo(sum));
        stopped.values().forEach(graph -> graph.addTo(sum));
        return sum.text(loops.packetsInUse());
    }

    private static void books(String name, String rows, StringBuilder text) {
        rows.lines().forEach(row -> text.append(name).append(' ').append(row).append('\n'));
    }

    private @Nullable Handlers handlersOf(String owner) {
        int slash = owner.indexOf('/');
        StoppedGraph down = stopped.get(owner);
        if (down != null) {
            return down.handlers();
        }
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
