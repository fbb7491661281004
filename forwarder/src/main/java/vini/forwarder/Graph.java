package vini.forwarder;

import org.jspecify.annotations.Nullable;

import vini.forwarder.control.HandlerSpace;
import vini.forwarder.lang.ConfigText;
import vini.forwarder.lang.GraphText;
import vini.forwarder.lang.Parser;
import vini.time.Seed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A running graph of elements, made from Click text and from nothing else. One graph is one virtual
 * node; it lives on one {@link Loop} and is touched on its thread only, or on several, where each
 * element has its own (StaticThreadSched). It is started, read and closed from the first one.
 */
public final class Graph implements AutoCloseable {
    /** What the books call the place where packets end with the node or while it is frozen. */
    static final String NODE = "node";

    private final String name;
    private final String text;
    private final Loops loops;
    private final Shared shared;
    private final Seed seed;
    private final Ledger ledger = new Ledger();
    private final AddressNames addressNames = new AddressNames();
    private final PortNames portNames = new PortNames();
    private final Map<String, Element> elements = new LinkedHashMap<>();
    private final Map<String, GraphText.Declaration> declarations = new LinkedHashMap<>();
    private final GraphHandlers handlers;

    /** What is wrong about who uses whom, found while elements are configured. */
    private final List<String> apart = new ArrayList<>();

    private final List<Crossing> crossings = new ArrayList<>();
    private final GraphText flat;
    private int generation;

    /** While it stands still. */
    private @Nullable Standstill standstill;

    /** How it takes another's place, while it starts. */
    private @Nullable HotSwap swap;

    private Graph(String name, String text, GraphText flat, Loops loops, Shared shared, Seed seed) {
        this.name = name;
        this.flat = flat;
        this.text = text;
        this.loops = loops;
        this.shared = shared;
        this.seed = seed;
        this.handlers = new GraphHandlers(this, flat, elements, declarations);
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
        Loops loops = new Loops(List.of(loop));
        return start(name, text, Parser.parse(file, text), loops, shared, seed, null);
    }

    /**
     * Starts a graph from a text that was read already.
     *
     * @param old the graph that it replaces: elements of the same name and class take over what
     *     their predecessors hold and have open, and the old graph is closed; null if there is
     *     none. When the new one cannot start, the old one goes on.
     */
    public static Graph start(
            String name,
            String text,
            GraphText parsed,
            Loops loops,
            Shared shared,
            Seed seed,
            @Nullable Graph old)
            throws ConfigException {
        Graph graph = new Graph(name, text, parsed, loops, shared, seed);
        graph.swap = old == null ? null : new HotSwap(old, graph);
        graph.generation = old == null ? 0 : old.generation + 1;
        // Nothing of it moves before all of it is ready, also on other threads.
        return loops.standStill(
                () -> {
                    graph.begin();
                    return graph;
                });
    }

    private void begin() throws ConfigException {
        List<String> problems = new ArrayList<>();
        boolean started = false;
        try {
            make(problems);
            Wiring wiring = new Wiring(elements, flat, problems);
            wiring.connect(wantedThreads(problems), loops, trace());
            crossings.addAll(wiring.crossings());
            configure(problems);
            if (problems.isEmpty()) {
                initialize(problems);
            }
            problems.addAll(apart);
            if (!problems.isEmpty()) {
                throw new ConfigException(problems);
            }
            handlers.begin();
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
        if (swap != null) {
            swap.complete();
            swap = null;
        }
    }

    /** The threads that elements ask for, by whole names. */
    private Map<String, Integer> wantedThreads(List<String> problems) {
        Map<String, Integer> wanted = new LinkedHashMap<>();
        for (Element element : elements.values()) {
            if (element instanceof Placement placement) {
                try {
                    Map<String, Integer> asked = placement.threads(arguments(element.name()));
                    wanted.putAll(Threads.wanted(element.name(), asked, elements.keySet()));
                } catch (ConfigException e) {
                    e.problems().forEach(p -> problems.add(declaration(element.name()).with(p)));
                }
            }
        }
        return wanted;
    }

    /** The element that this one of this graph is to replace. */
    @Nullable Element predecessor(Element element) {
        return swap == null ? null : swap.predecessor(element);
    }

    /** Sets what was set in another graph by the handlers of an element's predecessor. */
    void takeSettings(String elementName, Graph before) {
        handlers.takeSettings(elementName, before.handlers);
    }

    /** How many graphs were in this one's place before it. */
    int generation() {
        return generation;
    }

    String configurationOf(String elementName) {
        return declaration(elementName).configuration();
    }

    /**
     * By how many packets the books are wrong; 0 when all is well. The graph must be the only one
     * of its loops.
     */
    public long imbalance() {
        return loops.standStill(() -> ledger.imbalance(loops.packetsInUse()));
    }

    private void make(List<String> problems) {
        for (GraphText.Declaration declaration : flat.elements()) {
            try {
                Element element = ElementClasses.make(declaration.elementClass());
                element.place(this, declaration.name());
                elements.put(declaration.name(), element);
                declarations.put(declaration.name(), declaration);
            } catch (ConfigException e) {
                e.problems().forEach(problem -> problems.add(declaration.with(problem)));
            }
        }
    }

    private interface Step {
        void take(Element element) throws ConfigException;
    }

    /** Its elements in the order of the text. */
    Collection<Element> elements() {
        return elements.values();
    }

    /** Its connections in the order of the text, compounds resolved. */
    List<GraphText.Connection> connections() {
        return flat.connections();
    }

    /** Lets somebody see what goes by a connection; null: nobody. */
    void watch(GraphText.Connection connection, @Nullable Tap tap) {
        Element from = elements.get(connection.from());
        Element to = elements.get(connection.to());
        if (from != null && to != null) {
            // A connection is one of both: where it is pushed there is no input, and conversely.
            from.watchOutput(connection.output(), tap);
            to.watchInput(connection.input(), tap);
        }
    }

    /** Its elements, those of lower phases first. */
    List<Element> inPhases() {
        List<Element> ordered = new ArrayList<>(elements.values());
        ordered.sort(Comparator.comparingInt(Element::phase));
        return ordered;
    }

    /** Does something to all elements, those of lower phases first. */
    private void inPhases(List<String> problems, Step step) {
        for (Element element : inPhases()) {
            try {
                element.onItsThread(() -> step.take(element));
            } catch (ConfigException e) {
                e.problems().forEach(p -> problems.add(declaration(element.name()).with(p)));
            }
        }
    }

    private void configure(List<String> problems) {
        inPhases(
                problems,
                element -> {
                    Arguments arguments = arguments(element.name());
                    element.configure(arguments);
                    arguments.finish();
                });
    }

    private Arguments arguments(String elementName) {
        return new Arguments(ConfigText.arguments(declaration(elementName).configuration()));
    }

    private void initialize(List<String> problems) {
        crossings.forEach(crossing -> crossing.onItsThread(crossing::initialize));
        inPhases(problems, Element::initialize);
    }

    private GraphText.Declaration declaration(String elementName) {
        GraphText.Declaration declaration = declarations.get(elementName);
        if (declaration == null) {
            throw new IllegalStateException("no element " + elementName);
        }
        return declaration;
    }

    /** The handlers of the whole graph: Click's global ones, and {@code books}. */
    public Handlers handlers() {
        return handlers.whole();
    }

    /** All handlers, as {@link GraphHandlers#space}. */
    public HandlerSpace handlerSpace() {
        return handlers.space();
    }

    /** All handlers as that element may name them. */
    public HandlerSpace handlerSpaceOf(String elementName) {
        return handlers.spaceOf(elementName);
    }

    /** Whether it has begun: all elements were ready. */
    boolean hasStarted() {
        return handlers.isReady();
    }

    /** The handlers of an element. */
    public Handlers handlersOf(String elementName) throws HandlerException {
        return handlers.of(elementName);
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

    public String name() {
        return name;
    }

    /** The class of an element, by Click's name. */
    public String classOf(String elementName) {
        return declaration(elementName).elementClass();
    }

    /** The Click text that it was made from. */
    public String text() {
        return text;
    }

    /** The first of its loops. */
    public Loop loop() {
        return loops.first();
    }

    /** All that it may live on. */
    Loops loops() {
        return loops;
    }

    /** The books, at one moment of all its threads. */
    String books() {
        return loops.standStill(ledger::text);
    }

    Trace trace() {
        return shared.get(Trace.class, Trace::new);
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

    /**
     * The element of that type which another means by a name: the nearest in its compound element
     * and those around it.
     */
    public <T> @Nullable T find(String from, String wanted, Class<T> type) {
        for (String scope : Scopes.around(from)) {
            Element element = elements.get(scope + wanted);
            if (element != null && type.isInstance(element)) {
                if (Element.class.isAssignableFrom(type)) {
                    together(from, element);
                }
                return type.cast(element);
            }
        }
        return null;
    }

    /** Elements that call each other without a connection must live on one thread. */
    private void together(String asker, Element other) {
        Element own = elements.get(asker);
        if (own != null && !own.loop().equals(other.loop())) {
            apart.add(
                    declaration(asker)
                            .with(
                                    "it uses '"
                                            + other.name()
                                            + "', so both want the same thread"
                                            + " (StaticThreadSched)"));
        }
    }

    /** The addresses that have names here, as the element of that name sees them. */
    AddressNames.Reader addresses(String elementName) {
        return addressNames.of(elementName);
    }

    AddressNames addressNames() {
        return addressNames;
    }

    PortNames portNames() {
        return portNames;
    }

    /** Sets the tickets of all tasks that the element of that name has made. */
    public void tickets(String elementName, int tickets) {
        Element element = elements.get(elementName);
        if (element != null) {
            element.tickets(tickets);
        }
    }

    /** Ends all elements, the last one first, also when one of them fails at that. */
    @Override
    public void close() {
        boolean _ =
                loops.standStill(
                        () -> {
                            endAll();
                            return true;
                        });
    }

    /** Ends it as a machine ends that loses its power: what it holds is lost, and counted. */
    void crash() {
        boolean _ =
                loops.standStill(
                        () -> {
                            endInto(ledger.drops(NODE, DropReasons.NODE_CRASHED, trace()));
                            return true;
                        });
    }

    /** What it still holds ends with it, and what still comes to it, too; the loops stand still. */
    void endInto(DropCounter left) {
        long held = loops.packetsInUse();
        close();
        left.count(held - loops.packetsInUse());
        Element end = new DeadEnd(left);
        elements.values().forEach(element -> element.cutOff(end));
    }

    /** It stands still, see {@link Standstill}; once more does nothing. */
    void freeze() {
        if (standstill == null) {
            standstill = loops.standStill(() -> Standstill.of(this));
        }
    }

    /** It goes on; if it does, this does nothing. */
    void thaw() {
        Standstill still = standstill;
        if (still != null) {
            standstill = null;
            boolean _ =
                    loops.standStill(
                            () -> {
                                still.end();
                                return true;
                            });
        }
    }

    private void endAll() {
        List<Element> all = new ArrayList<>(elements.values());
        all.addAll(crossings);
        RuntimeException first = null;
        for (Element element : all.reversed()) {
            try {
                element.onItsThread(element::end);
            } catch (RuntimeException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
