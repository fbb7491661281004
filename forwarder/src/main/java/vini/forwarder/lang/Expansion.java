package vini.forwarder.lang;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Unfolds compound elements until none is left. As in Click, the elements of the file come first,
 * then those of its compounds in order, then those of the compounds inside of them.
 */
final class Expansion {
    /** How many elements there may be, compounds counted. */
    static final int ELEMENTS_MAX = 1_000_000;

    /** How long all names and configuration strings may be together. */
    private static final long CHARACTERS_MAX = 64 << 20;

    /** A part that could not be made; what is connected to it is left out. */
    private static final int NONE = Integer.MIN_VALUE;

    /** A compound element that waits to be unfolded, and the tunnels through its walls. */
    private record Instance(
            Body body, Variables variables, String prefix, int inputs, int outputs) {}

    private final Problems problems;
    private final List<GraphText.Declaration> elements = new ArrayList<>();
    private final Map<String, Place> names = new LinkedHashMap<>();
    private final Tunnels tunnels = new Tunnels();
    private final Deque<Instance> waiting = new ArrayDeque<>();
    private int unfolded;
    private long characters;

    Expansion(Problems problems) {
        this.problems = problems;
    }

    GraphText flatten(Body file, Map<String, String> given, List<String> requirements) {
        Map<String, String> values = new LinkedHashMap<>();
        given.forEach((name, value) -> values.put(name.replaceFirst("^\\$", ""), value));
        List<GraphText.Connection> connections = List.of();
        try {
            waiting.add(new Instance(file, new Variables(null, file, values), "", 0, 0));
            while (!waiting.isEmpty() && !problems.isFull()) {
                unfold(waiting.removeFirst());
            }
            connections = tunnels.connections(elements);
        } catch (Refusal e) {
            problems.add(e);
        }
        return new GraphText(elements, connections, requirements);
    }

    private void unfold(Instance instance) throws Refusal {
        Body body = instance.body;
        int[] passages = new int[body.tunnels().size()];
        passages[0] = ~instance.inputs;
        passages[1] = ~instance.outputs;
        for (int i = 2; i < passages.length; i++) {
            passages[i] = ~tunnels.add(body.tunnels().get(i));
        }
        int[] in = new int[body.parts().size()];
        int[] out = new int[body.parts().size()];
        for (int i = 0; i < in.length; i++) {
            place(instance, body.parts().get(i), i, in, out);
        }
        for (Body.Wire wire : body.wires()) {
            int from = wire.from() < 0 ? passages[~wire.from()] : out[wire.from()];
            int to = wire.to() < 0 ? passages[~wire.to()] : in[wire.to()];
            if (from != NONE && to != NONE) {
                tunnels.wire(from, wire.output(), to, wire.input(), wire.place());
            }
        }
    }

    /** Makes part i an element, or two tunnels and a compound that waits. */
    private void place(Instance instance, Body.Part part, int i, int[] in, int[] out)
            throws Refusal {
        String name = instance.prefix + part.name();
        in[i] = NONE;
        out[i] = NONE;
        Place first = names.putIfAbsent(name, part.place());
        if (first != null) {
            problems.add(
                    part.place(),
                    "redeclaration of element '" + name + "'; it was declared at " + first);
            return;
        }
        String configuration;
        try {
            configuration = configuration(instance, part, name);
        } catch (Refusal e) {
            problems.add(e);
            return;
        }
        charge(part, name, configuration);
        switch (part.type()) {
            case ElementType.Primitive(String elementClass) ->
                    in[i] = out[i] = element(name, elementClass, configuration, part);
            case ElementType.Compound compound -> {
                Overloads.Choice choice = null;
                try {
                    choice = Overloads.choose(compound, part, name, configuration);
                } catch (Refusal e) {
                    problems.add(e);
                    return;
                }
                if (choice == null && compound.otherwise() != null) {
                    String elementClass = compound.otherwise().name();
                    in[i] = out[i] = element(name, elementClass, configuration, part);
                } else if (choice != null) {
                    Body body = choice.definition().body();
                    int inputs = tunnels.add(body.inputs());
                    int outputs = tunnels.add(body.outputs());
                    in[i] = ~inputs;
                    out[i] = ~outputs;
                    Variables around = instance.variables.of(body.scope().outer());
                    Variables own = new Variables(around, body, choice.values());
                    waiting.add(new Instance(body, own, name + "/", inputs, outputs));
                }
            }
        }
    }

    private int element(String name, String elementClass, String configuration, Body.Part part) {
        // Many elements are of one class: its name is there once.
        String classOnce = elementClass.intern();
        elements.add(new GraphText.Declaration(name, classOnce, configuration, part.place()));
        return elements.size() - 1;
    }

    private static String configuration(Instance instance, Body.Part part, String name)
            throws Refusal {
        String written = part.configuration();
        String configuration = instance.variables.substitute(written, part.place());
        if (!configuration.equals(written) && !Lexer.isClosed(configuration)) {
            throw new Refusal(
                    part.place(),
                    "configuration of '"
                            + name
                            + "' has a quote, a comment or a parenthesis that does not end, after"
                            + " substitution of variables");
        }
        return configuration;
    }

    private void charge(Body.Part part, String name, String configuration) throws Refusal {
        characters += name.length() + configuration.length();
        if (++unfolded > ELEMENTS_MAX) {
            throw new Refusal(
                    part.place(), "the compound elements unfold to more than " + ELEMENTS_MAX);
        }
        if (characters > CHARACTERS_MAX) {
            throw new Refusal(
                    part.place(),
                    "names and configuration strings unfold to more than "
                            + CHARACTERS_MAX
                            + " characters");
        }
    }
}
