package vini.forwarder;

import org.jspecify.annotations.Nullable;

import vini.forwarder.lang.ConfigText;
import vini.forwarder.lang.GraphText;
import vini.forwarder.lang.Parser;
import vini.time.Seed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A running graph of elements, made from Click text and from nothing else. One graph is one virtual
 * node; it lives on one {@link Loop} and is touched on its thread only.
 */
public final class Graph implements AutoCloseable {
    private final String name;
    private final String text;
    private final Loop loop;
    private final Shared shared;
    private final Seed seed;
    private final Ledger ledger = new Ledger();
    private final Map<String, Element> elements = new LinkedHashMap<>();
    private final Map<String, GraphText.Declaration> declarations = new LinkedHashMap<>();
    private final Map<String, Handlers> handlers = new LinkedHashMap<>();

    private Graph(String name, String text, Loop loop, Shared shared, Seed seed) {
        this.name = name;
        this.text = text;
        this.loop = loop;
        this.shared = shared;
        this.seed = seed;
    }

    /**
     * Reads a text and starts the graph that it says.
     *
     * @param name the graph's name, the node's
     * @param file the text's name for messages
     * @throws ConfigException with all mistakes; nothing is left running then
     */
    public static Graph start(
            String name, String file, String text, Loop loop, Shared shared, Seed seed)
            throws ConfigException {
        GraphText parsed = Parser.parse(file, text);
        Graph graph = new Graph(name, text, loop, shared, seed);
        List<String> problems = new ArrayList<>();
        boolean started = false;
        try {
            graph.make(parsed, problems);
            new Wiring(graph.elements, parsed, problems).connect(loop.packets());
            if (problems.isEmpty()) {
                graph.initialize(problems);
            }
            if (!problems.isEmpty()) {
                throw new ConfigException(problems);
            }
            graph.collectHandlers();
            started = true;
            return graph;
        } finally {
            if (!started) {
                graph.close();
            }
        }
    }

    private void make(GraphText parsed, List<String> problems) {
        for (GraphText.Declaration declaration : parsed.elements()) {
            try {
                Element element = ElementClasses.make(declaration.elementClass());
                element.place(new Element.Place(this, declaration.name()));
                elements.put(declaration.name(), element);
                declarations.put(declaration.name(), declaration);
                Arguments arguments =
                        new Arguments(ConfigText.arguments(declaration.configuration()));
                element.configure(arguments);
                arguments.finish();
            } catch (ConfigException e) {
                e.problems().forEach(problem -> problems.add(at(declaration, problem)));
            }
        }
    }

    private void initialize(List<String> problems) {
        elements.forEach(
                (elementName, element) -> {
                    try {
                        element.initialize();
                    } catch (ConfigException e) {
                        e.problems().forEach(p -> problems.add(at(declaration(elementName), p)));
                    }
                });
    }

    private static String at(GraphText.Declaration declaration, String problem) {
        return declaration.where()
                + ": '"
                + declaration.name()
                + " :: "
                + declaration.elementClass()
                + "': "
                + problem;
    }

    private GraphText.Declaration declaration(String elementName) {
        GraphText.Declaration declaration = declarations.get(elementName);
        if (declaration == null) {
            throw new IllegalStateException("no element " + elementName);
        }
        return declaration;
    }

    private void collectHandlers() {
        elements.forEach(
                (elementName, element) -> {
                    Handlers own = new Handlers();
                    GraphText.Declaration declaration = declaration(elementName);
                    own.read("class", declaration::elementClass);
                    own.read("name", () -> elementName);
                    own.read("config", declaration::configuration);
                    own.read("handlers", own::list);
                    element.handlers(own);
                    handlers.put(elementName, own);
                });
    }

    public String name() {
        return name;
    }

    /** The Click text that it was made from. */
    public String text() {
        return text;
    }

    public Loop loop() {
        return loop;
    }

    public Shared shared() {
        return shared;
    }

    public Seed seed() {
        return seed;
    }

    public Ledger ledger() {
        return ledger;
    }

    /** The names of the elements, in the order of the text. */
    public List<String> elementNames() {
        return List.copyOf(elements.keySet());
    }

    /** The element of that name if it is of that type; for elements that must find each other. */
    public <T extends Element> @Nullable T find(String elementName, Class<T> type) {
        Element element = elements.get(elementName);
        return type.isInstance(element) ? type.cast(element) : null;
    }

    /** The handlers of an element. */
    public Handlers handlersOf(String elementName) throws HandlerException {
        Handlers found = handlers.get(elementName);
        if (found == null) {
            throw new HandlerException(
                    HandlerException.Kind.NO_SUCH_ELEMENT,
                    "No element named '" + name + "/" + elementName + "'");
        }
        return found;
    }

    /** Reads {@code ELEMENT.HANDLER}. */
    public String read(String elementName, String handler, String argument)
            throws HandlerException {
        return handlersOf(elementName).read(handler, argument, elementName);
    }

    /** Writes {@code ELEMENT.HANDLER}. */
    public void write(String elementName, String handler, String value) throws HandlerException {
        handlersOf(elementName).write(handler, value, elementName);
    }

    /** Ends all elements, the last one first. */
    @Override
    public void close() {
        List<Element> all = new ArrayList<>(elements.values());
        for (int i = all.size() - 1; i >= 0; i--) {
            all.get(i).close();
        }
    }
}
