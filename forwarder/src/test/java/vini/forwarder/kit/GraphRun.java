package vini.forwarder.kit;

import static org.assertj.core.api.Assertions.assertThat;

import vini.forwarder.Chatter;
import vini.forwarder.ConfigException;
import vini.forwarder.Driver;
import vini.forwarder.Element;
import vini.forwarder.Graph;
import vini.forwarder.GraphProcess;
import vini.forwarder.HandlerException;
import vini.forwarder.Packet;
import vini.forwarder.VirtualLoop;
import vini.time.Seed;
import vini.time.VirtualClock;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Graphs in virtual time. A test names its ends: {@code in :: Inject} for what it pushes, {@code
 * Collect} for what it wants to see. Closing asserts that no packet and no batch is left.
 */
public final class GraphRun implements AutoCloseable {
    public static final long MS = 1_000_000;

    private final VirtualClock clock = new VirtualClock();
    private final VirtualLoop loop = new VirtualLoop(clock);
    private final GraphProcess process;
    private final Map<String, Graph> graphs = new TreeMap<>();
    private final List<String> chatter = new ArrayList<>();

    public GraphRun(long seed) {
        process = new GraphProcess(loop, new Seed(seed));
        process.shared()
                .get(Chatter.class, Chatter::new)
                .to(text -> text.lines().forEach(chatter::add));
        process.shared()
                .get(Chatter.class, Chatter::new)
                .printTo(text -> text.lines().forEach(chatter::add));
        process.shared().get(Driver.class, Driver::new).onStop(() -> chatter.add("(stopped)"));
    }

    /** One graph, called {@code n}, of a text called {@code t.click}. */
    public static GraphRun of(String text) throws ConfigException {
        return of(42, text);
    }

    public static GraphRun of(long seed, String text) throws ConfigException {
        GraphRun run = new GraphRun(seed);
        run.start("n", text);
        return run;
    }

    public Graph start(String name, String text) throws ConfigException {
        Graph graph = process.start(name, "t.click", text);
        graphs.put(name, graph);
        return graph;
    }

    /** Puts another graph in the place of {@code n}. */
    public Graph swap(String text) throws ConfigException {
        Graph graph = process.replace("n", "t.click", text);
        graphs.put("n", graph);
        return graph;
    }

    public GraphProcess process() {
        return process;
    }

    public VirtualClock clock() {
        return clock;
    }

    public VirtualLoop loop() {
        return loop;
    }

    /** An element by {@code NAME} in the graph {@code n}, or by {@code GRAPH/NAME}. */
    public <T extends Element> T element(String path, Class<T> type) {
        int slash = path.indexOf('/');
        String graph = slash < 0 ? "n" : path.substring(0, slash);
        return Objects.requireNonNull(graph(graph).find(path.substring(slash + 1), type), path);
    }

    public Graph graph(String name) {
        return Objects.requireNonNull(graphs.get(name), name);
    }

    /** Pushes packets out of the element {@code in}. */
    public void push(String... hex) {
        pushFrom("in", hex);
    }

    public void pushFrom(String path, String... hex) {
        Inject inject = element(path, Inject.class);
        inject.inject(Stream.of(hex).map(inject::packet).toArray(Packet[]::new));
    }

    /** What came to a {@code Collect}. */
    public List<Collect.Seen> seen(String path) {
        return element(path, Collect.class).seen();
    }

    /** The bytes of what came to a {@code Collect}. */
    public List<String> out(String path) {
        return seen(path).stream().map(Collect.Seen::hex).toList();
    }

    /** Reads {@code ELEMENT.HANDLER} of the graph {@code n}. */
    public String read(String path) throws HandlerException {
        return read(path, "");
    }

    public String read(String path, String argument) throws HandlerException {
        return process.handlers().read("n/" + path, argument);
    }

    public void write(String path, String value) throws HandlerException {
        process.handlers().write("n/" + path, value);
    }

    /** The books of graph {@code n}, lines. */
    public List<String> books() {
        return graph("n").ledger().text().lines().toList();
    }

    public long journalLines(String text) {
        return process.shared().journal().from(0).lines().filter(l -> l.endsWith(text)).count();
    }

    /** The lines that elements have written for the user, and {@code (stopped)}. */
    public List<String> chatter() {
        return chatter;
    }

    public void run(long nanos) {
        clock.runFor(nanos);
    }

    /** As {@link #run}, but for so many timers at most: true if the time has passed. */
    public boolean run(long nanos, int timers) {
        long end = clock.nowNanos() + nanos;
        for (int i = 0; i < timers; i++) {
            if (!clock.fireOne(end)) {
                clock.runUntil(end);
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        process.close();
        clock.runFor(1);
        assertThat(loop.packets().inUse()).as("packets that leaked").isZero();
        assertThat(loop.packets().batchesInUse()).as("batches that leaked").isZero();
        assertThat(clock.nextDeadline()).as("timers left").isEqualTo(Long.MAX_VALUE);
        loop.packets().close();
    }
}
