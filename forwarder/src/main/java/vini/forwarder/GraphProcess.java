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
 * NODE/ELEMENT.HANDLER}, {@code NODE.config|list|books}, and of the whole {@code list}, {@code
 * journal FROM}, {@code books}, {@code punctuality} (also written: counts anew), {@code classes},
 * {@code packets} (in use).
 */
public final class GraphProcess implements AutoCloseable {
    private final Loop loop;
    private final Seed seed;
    private final Shared shared = new Shared();
    private final Map<String, Graph> graphs = new LinkedHashMap<>();

    public GraphProcess(Loop loop, Seed seed) {
        this.loop = loop;
        this.seed = seed;
    }

    /** Starts a graph; see {@link Graph#start}. */
    public Graph start(String name, String file, String text) throws ConfigException {
        if (graphs.containsKey(name)) {
            throw new ConfigException("there is a graph '" + name + "' already");
        }
        Graph graph = Graph.start(name, file, text, loop, shared, seed);
        graphs.put(name, graph);
        return graph;
    }

    /** Puts another graph in the place of one that runs; see {@link Graph#start}. */
    public Graph replace(String name, String file, String text) throws ConfigException {
        Graph old = graphs.get(name);
        if (old == null) {
            throw new ConfigException("there is no graph '" + name + "'");
        }
        Loops loops = new Loops(List.of(loop));
        Graph graph = Graph.start(name, text, Parser.parse(file, text), loops, shared, seed, old);
        graphs.put(name, graph);
        return graph;
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
        whole.read("packets", () -> loop.packets().inUse());
        whole.read("books", this::books);
        Punctuality punctuality = shared.get(Punctuality.class, Punctuality::new);
        whole.read("punctuality", punctuality::text);
        whole.write("punctuality", value -> punctuality.reset());
        whole.read(
                "journal",
                from -> shared.journal().from(from.isBlank() ? 0 : Long.parseLong(from.strip())));
        return new HandlerTree(whole, this::handlersOf);
    }

    /** The books of all graphs at one moment: the rows of each with the graph's name in front. */
    private String books() {
        StringBuilder text = new StringBuilder();
        graphs.forEach(
                (name, graph) ->
                        graph.ledger()
                                .text()
                                .lines()
                                .forEach(row -> text.append(name + " " + row + "\n")));
        return text.append("- in_use ").append(loop.packets().inUse()).append('\n').toString();
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
