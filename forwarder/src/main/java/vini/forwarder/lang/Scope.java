package vini.forwarder.lang;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The names of a file or of a compound element, collected while it is read. Classes and variables
 * of the scopes around it are visible, their elements are not.
 */
final class Scope {
    private static final int UNKNOWN = Integer.MIN_VALUE;

    private record Link(Mention from, int output, Mention to, int input, Place place) {}

    private final @Nullable Scope outer;
    private final Problems problems;
    private final Map<String, ElementType> types = new LinkedHashMap<>();
    private final Map<String, Body.Define> defines = new LinkedHashMap<>();
    private final Map<String, Mention> declared = new LinkedHashMap<>();
    private final List<Mention> mentions = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final List<Integer> tunnels = new ArrayList<>();

    Scope(@Nullable Scope outer, Problems problems) {
        this.outer = outer;
        this.problems = problems;
    }

    @Nullable Scope outer() {
        return outer;
    }

    boolean isFile() {
        return outer == null;
    }

    /** What a class name stands for here and now; later definitions do not change it. */
    ElementType type(String name) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            ElementType type = scope.types.get(name);
            if (type != null) {
                return type;
            }
        }
        return new ElementType.Primitive(name);
    }

    /** Whether the text has defined a class of that name that can be seen here. */
    boolean hasType(String name) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            if (scope.types.containsKey(name)) {
                return true;
            }
        }
        return false;
    }

    void define(String name, ElementType type) {
        types.put(name, type);
    }

    void variable(String name, String value, Place place) {
        Body.Define first = defines.putIfAbsent(name, new Body.Define(value, place));
        if (first != null) {
            problems.add(
                    place, "redefinition of '$" + name + "'; it was defined at " + first.place());
        }
    }

    Mention declare(String name, ElementType type, String configuration, Place place) {
        Mention mention = new Mention(name, type, configuration, place, UNKNOWN);
        if (hasType(name)) {
            problems.add(place, "class '" + name + "' used as element name");
        }
        Mention first = declared.putIfAbsent(name, mention);
        if (first != null) {
            problems.add(
                    place,
                    "redeclaration of element '" + name + "'; it was declared at " + first.place);
            return first;
        }
        mentions.add(mention);
        return mention;
    }

    /** An element that is used by name, or an anonymous one; the name of {@code {...}} is empty. */
    Mention mention(String name, ElementType type, @Nullable String configuration, Place place) {
        Mention mention = new Mention(name, type, configuration, place, UNKNOWN);
        mentions.add(mention);
        return mention;
    }

    /** A new place that connections pass through. */
    Mention tunnel(String name, Place place) {
        tunnels.add(0);
        return new Mention(name, null, null, place, ~(tunnels.size() - 1));
    }

    void ports(Mention tunnel, int count) {
        tunnels.set(~tunnel.node, count);
    }

    void connect(Mention from, int output, Mention to, int input, Place place) {
        links.add(new Link(from, output, to, input, place));
    }

    /** Gives each element its name and number, when all has been read. */
    Body finish() {
        List<Mention> elements = new ArrayList<>();
        List<String> names = names(elements);
        int[] inputs = new int[elements.size()];
        int[] outputs = new int[elements.size()];
        List<Body.Wire> wires = new ArrayList<>(links.size());
        for (Link link : links) {
            int from = node(link.from);
            int to = node(link.to);
            wires.add(new Body.Wire(from, link.output, to, link.input, link.place));
            if (from >= 0) {
                outputs[from] = Math.max(outputs[from], link.output + 1);
            }
            if (to >= 0) {
                inputs[to] = Math.max(inputs[to], link.input + 1);
            }
        }
        List<Body.Part> parts = new ArrayList<>(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            Mention element = elements.get(i);
            parts.add(
                    new Body.Part(
                            names.get(i),
                            Objects.requireNonNull(element.type, element.name),
                            element.configuration == null ? "" : element.configuration,
                            inputs[i],
                            outputs[i],
                            element.place));
        }
        return new Body(this, parts, wires, List.copyOf(tunnels), defines);
    }

    /**
     * Numbers the elements. An anonymous one is named by its class and its place among all of them,
     * or the next place that is free.
     */
    private List<String> names(List<Mention> elements) {
        List<String> names = new ArrayList<>();
        Map<String, Integer> last = new LinkedHashMap<>();
        for (Mention mention : mentions) {
            Mention declaration = declared.get(mention.name);
            if (declaration != null && declaration != mention) {
                if (mention.configuration != null) {
                    problems.add(
                            mention.place,
                            "element '" + mention.name + "' is configured where it is used");
                }
                continue;
            }
            mention.node = elements.size();
            elements.add(mention);
            String name = mention.name;
            if (declaration == null) {
                int number = Math.max(elements.size(), last.getOrDefault(mention.name, 0) + 1);
                while (declared.containsKey(mention.name + "@" + number)) {
                    number++;
                }
                last.put(mention.name, number);
                name = mention.name + "@" + number;
            }
            names.add(name);
        }
        return names;
    }

    private int node(Mention mention) {
        if (mention.node != UNKNOWN) {
            return mention.node;
        }
        return Objects.requireNonNull(declared.get(mention.name), mention.name).node;
    }
}
