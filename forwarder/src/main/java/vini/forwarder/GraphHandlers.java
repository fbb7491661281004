package vini.forwarder;

import org.jspecify.annotations.Nullable;

import vini.forwarder.control.HandlerSpace;
import vini.forwarder.control.HandlerTree;
import vini.forwarder.lang.ConfigText;
import vini.forwarder.lang.GraphText;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The handlers of a graph: those that every element has, those of its class, and Click's global
 * ones.
 */
final class GraphHandlers {
    private final Graph graph;
    private final GraphText flat;
    private final Map<String, Element> elements;
    private final Map<String, GraphText.Declaration> declarations;
    private final Map<String, Handlers> handlers = new LinkedHashMap<>();
    private final Handlers whole = new Handlers();
    private volatile boolean ready;

    /**
     * @param flat what the graph was made from
     * @param elements by name, in the order of the text
     * @param declarations the same; changed when an element's configuration is
     */
    GraphHandlers(
            Graph graph,
            GraphText flat,
            Map<String, Element> elements,
            Map<String, GraphText.Declaration> declarations) {
        this.graph = graph;
        this.flat = flat;
        this.elements = elements;
        this.declarations = declarations;
    }

    /** There are handlers from now on, as all elements are ready. */
    synchronized void begin() {
        ready = true;
        whole.read("version", GraphHandlers::version);
        whole.read("list", this::list);
        whole.read("classes", () -> lines(ElementClasses.names()));
        whole.read("config", graph::text);
        whole.read("flatconfig", () -> flatText().toClick());
        whole.read("books", graph::books);
        whole.read("packages", () -> "");
        whole.read("requirements", () -> lines(flat.requirements()));
        whole.read("handlers", whole::list);
        whole.write("stop", value -> graph.shared().get(Driver.class, Driver::new).stop());
    }

    /** Whether all elements were ready once. */
    boolean isReady() {
        return ready;
    }

    /**
     * Those of an element, made when they are asked for: a process may have many thousand elements,
     * and nobody asks most of them. Null if there is no such element.
     */
    private synchronized @Nullable Handlers find(String elementName) {
        Element element = ready ? elements.get(elementName) : null;
        return element == null
                ? null
                : handlers.computeIfAbsent(elementName, name -> make(name, element));
    }

    private Handlers make(String elementName, Element element) {
        Handlers own = new Handlers(element.loop());
        own.read("class", () -> graph.classOf(elementName));
        own.read("name", () -> elementName);
        own.read("config", () -> graph.configurationOf(elementName));
        if (element.isReconfigurable()) {
            own.write("config", text -> reconfigure(element, text));
        }
        own.read("ports", () -> PortText.of(element, flat.connections()));
        own.read("handlers", own::list);
        element.handlers(own);
        if (!own.has("drops") && graph.ledger().mayDropAt(elementName)) {
            own.read("drops", () -> graph.ledger().droppedAt(elementName));
        }
        return own;
    }

    /** Changes the configuration of an element that runs, or leaves it as it is. */
    private void reconfigure(Element element, String text) throws HandlerException {
        GraphText.Declaration before = declaration(element.name());
        try {
            Element trial = ElementClasses.make(before.elementClass());
            trial.standFor(element);
            for (Element one : List.of(trial, element)) {
                configure(one, text);
                one.reconfigured();
            }
        } catch (ConfigException e) {
            throw new HandlerException(String.join("\n", e.problems()));
        }
        declarations.put(before.name(), before.withConfiguration(text.strip()));
    }

    /** What the graph is now, also where it was changed while it ran. */
    private GraphText flatText() {
        return new GraphText(
                List.copyOf(declarations.values()), flat.connections(), flat.requirements());
    }

    private static void configure(Element element, String text) throws ConfigException {
        Arguments arguments = new Arguments(ConfigText.arguments(text));
        element.configure(arguments);
        arguments.finish();
    }

    private static String lines(Collection<String> words) {
        return words.isEmpty() ? "" : String.join("\n", words) + "\n";
    }

    private static String version() {
        String version = Graph.class.getPackage().getImplementationVersion();
        return version == null ? "unreleased" : version;
    }

    /** Click's list: how many elements there are, then their names. */
    private String list() {
        StringBuilder list = new StringBuilder().append(elements.size()).append('\n');
        elements.keySet().forEach(element -> list.append(element).append('\n'));
        return list.toString();
    }

    private GraphText.Declaration declaration(String element) {
        return Objects.requireNonNull(declarations.get(element), element);
    }

    /** Sets what was set in another graph at the element of that name. */
    void takeSettings(String element, GraphHandlers before) {
        Handlers was = before.handlers.get(element);
        Handlers own = was == null ? null : find(element);
        if (own != null && was != null) {
            own.takeSettings(was);
        }
    }

    /** Those of the whole graph. */
    Handlers whole() {
        return whole;
    }

    /**
     * All handlers, by {@code HANDLER} and {@code ELEMENT.HANDLER}; an element may also be named by
     * its number in {@code list}, from 1 on.
     */
    HandlerSpace space() {
        return new HandlerTree(whole, this::ownedBy);
    }

    private @Nullable Handlers ownedBy(String owner) {
        Handlers own = find(owner);
        if (own != null || !owner.matches("[1-9][0-9]{0,8}")) {
            return own;
        }
        int number = Integer.parseInt(owner);
        return elements.keySet().stream()
                .skip(number - 1L)
                .findFirst()
                .map(this::find)
                .orElse(null);
    }

    /** All handlers as that element may name them. */
    HandlerSpace spaceOf(String elementName) {
        return new ScopedHandlers(
                new HandlerTree(whole, this::ownedBy, true),
                elementName,
                Objects.requireNonNull(find(elementName), elementName),
                elements::containsKey);
    }

    /** The handlers of an element. */
    Handlers of(String elementName) throws HandlerException {
        Handlers found = find(elementName);
        if (found == null) {
            throw new HandlerException(
                    HandlerException.Kind.NO_SUCH_ELEMENT,
                    "No element named '" + graph.name() + "/" + elementName + "'");
        }
        return found;
    }
}
