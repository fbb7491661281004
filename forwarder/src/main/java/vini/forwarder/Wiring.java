package vini.forwarder;

import org.jspecify.annotations.Nullable;

import vini.forwarder.lang.GraphText;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Connects the elements of a graph: counts ports, resolves agnostic ports to push or pull, and
 * refuses what cannot work, with all mistakes at once.
 */
final class Wiring {
    private static final class Node {
        final Element element;
        final GraphText.Declaration text;
        final PortShape shape;
        int inputs;
        int outputs;
        char[] inputKinds = {};
        char[] outputKinds = {};

        Node(Element element, GraphText.Declaration text) {
            this.element = element;
            this.text = text;
            this.shape = PortShape.of(ElementClasses.about(element.getClass()));
        }
    }

    private final Map<String, Node> nodes = new LinkedHashMap<>();

    /** As they are written; also those of elements that could not be made. */
    private final List<GraphText.Connection> written;

    private final List<GraphText.Connection> connections;
    private final List<String> problems;

    Wiring(Map<String, Element> elements, GraphText text, List<String> problems) {
        for (GraphText.Declaration declaration : text.elements()) {
            Element element = elements.get(declaration.name());
            if (element != null) {
                nodes.put(declaration.name(), new Node(element, declaration));
            }
        }
        this.written = text.connections();
        this.connections =
                text.connections().stream()
                        .filter(c -> nodes.containsKey(c.from()) && nodes.containsKey(c.to()))
                        .toList();
        this.problems = problems;
    }

    private Node node(String name) {
        Node node = nodes.get(name);
        if (node == null) {
            throw new IllegalStateException("no element " + name);
        }
        return node;
    }

    void connect(PacketPool pool) {
        countPorts();
        if (!problems.isEmpty()) {
            return;
        }
        resolve();
        checkUses();
        if (problems.isEmpty()) {
            wire(pool);
        }
    }

    private void countPorts() {
        for (GraphText.Connection c : written) {
            Node from = nodes.get(c.from());
            if (from != null) {
                from.outputs = Math.max(from.outputs, c.output() + 1);
            }
            Node to = nodes.get(c.to());
            if (to != null) {
                to.inputs = Math.max(to.inputs, c.input() + 1);
            }
        }
        for (Node node : nodes.values()) {
            check(node, "input", node.inputs, node.shape.inputsMin(), node.shape.inputsMax());
            check(node, "output", node.outputs, node.shape.outputsMin(), node.shape.outputsMax());
            node.inputKinds = new char[node.inputs];
            node.outputKinds = new char[node.outputs];
            for (int i = 0; i < node.inputs; i++) {
                node.inputKinds[i] = node.shape.input(i);
            }
            for (int i = 0; i < node.outputs; i++) {
                node.outputKinds[i] = node.shape.output(i);
            }
        }
    }

    private void check(Node node, String what, int count, int min, int max) {
        if (count < min || count > max) {
            String want =
                    min == max
                            ? "" + min
                            : max == PortShape.ANY ? "at least " + min : min + " to " + max;
            problems.add(
                    node.text.where()
                            + ": '"
                            + node.text.name()
                            + " :: "
                            + node.text.elementClass()
                            + "' has "
                            + count
                            + " "
                            + what
                            + (count == 1 ? "" : "s")
                            + ", it takes "
                            + want);
        }
    }

    /**
     * Spreads push and pull along connections and through agnostic elements until nothing moves.
     */
    private void resolve() {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (GraphText.Connection c : connections) {
                moved |= settle(node(c.from()), c.output(), node(c.to()), c.input());
            }
            for (Node node : nodes.values()) {
                moved |= settleThrough(node);
            }
        }
        for (GraphText.Connection c : connections) {
            char from = node(c.from()).outputKinds[c.output()];
            char to = node(c.to()).inputKinds[c.input()];
            if (from != 'a' && to != 'a' && from != to) {
                problems.add(
                        c.where()
                                + ": '"
                                + c.from()
                                + "' "
                                + kind(from)
                                + " output "
                                + c.output()
                                + " connected to '"
                                + c.to()
                                + "' "
                                + kind(to)
                                + " input "
                                + c.input());
            }
        }
    }

    private static String kind(char code) {
        return code == 'l' ? "pull" : "push";
    }

    private static boolean settle(Node from, int output, Node to, int input) {
        char out = from.outputKinds[output];
        char in = to.inputKinds[input];
        if (out == 'a' && in != 'a') {
            from.outputKinds[output] = in;
            return true;
        }
        if (in == 'a' && out != 'a') {
            to.inputKinds[input] = out;
            return true;
        }
        return false;
    }

    /** All agnostic ports of an element have the same kind. */
    private static boolean settleThrough(Node node) {
        char known = 'a';
        for (int i = 0; i < node.inputs; i++) {
            known = node.shape.input(i) == 'a' && known == 'a' ? node.inputKinds[i] : known;
        }
        for (int i = 0; i < node.outputs; i++) {
            known = node.shape.output(i) == 'a' && known == 'a' ? node.outputKinds[i] : known;
        }
        boolean moved = false;
        if (known != 'a') {
            for (int i = 0; i < node.inputs; i++) {
                if (node.inputKinds[i] == 'a') {
                    node.inputKinds[i] = known;
                    moved = true;
                }
            }
            for (int i = 0; i < node.outputs; i++) {
                if (node.outputKinds[i] == 'a') {
                    node.outputKinds[i] = known;
                    moved = true;
                }
            }
        }
        return moved;
    }

    /** A push output and a pull input lead to one place only. */
    private void checkUses() {
        Map<String, GraphText.Connection> once = new LinkedHashMap<>();
        for (GraphText.Connection c : connections) {
            boolean pull = node(c.from()).outputKinds[c.output()] == 'l';
            String key = pull ? c.to() + " input " + c.input() : c.from() + " output " + c.output();
            GraphText.Connection first = once.putIfAbsent(key, c);
            if (first != null) {
                problems.add(
                        c.where()
                                + ": reuse of '"
                                + (pull ? c.to() : c.from())
                                + (pull
                                        ? "' pull input " + c.input()
                                        : "' push output " + c.output())
                                + "; it was first used at "
                                + first.where());
            }
        }
    }

    private void wire(PacketPool pool) {
        Map<String, @Nullable Output[]> outputs = new LinkedHashMap<>();
        Map<String, @Nullable Input[]> inputs = new LinkedHashMap<>();
        nodes.forEach(
                (name, node) -> {
                    outputs.put(name, new @Nullable Output[node.outputs]);
                    inputs.put(name, new @Nullable Input[node.inputs]);
                });
        for (GraphText.Connection c : connections) {
            Node from = node(c.from());
            Node to = node(c.to());
            if (from.outputKinds[c.output()] == 'l') {
                array(inputs, c.to())[c.input()] = new Input(from.element, c.output());
            } else {
                array(outputs, c.from())[c.output()] = new Output(pool, to.element, c.input());
            }
        }
        List<String> loose = new ArrayList<>();
        nodes.forEach(
                (name, node) -> {
                    @Nullable Output[] out = array(outputs, name);
                    for (int i = 0; i < node.outputs; i++) {
                        if (out[i] == null
                                && node.outputKinds[i] != 'l'
                                && i < node.shape.outputsMin()) {
                            loose.add(
                                    node.text.where() + ": '" + name + "' output " + i + " unused");
                        }
                    }
                    for (int i = 0; i < node.inputs; i++) {
                        if (node.inputKinds[i] == 'l' && array(inputs, name)[i] == null) {
                            loose.add(
                                    node.text.where() + ": '" + name + "' input " + i + " unused");
                        }
                    }
                    node.element.connect(array(inputs, name), out);
                });
        problems.addAll(loose);
    }

    private static <T> @Nullable T[] array(Map<String, @Nullable T[]> map, String name) {
        @Nullable T[] array = map.get(name);
        if (array == null) {
            throw new IllegalStateException("no element " + name);
        }
        return array;
    }
}
