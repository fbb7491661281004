package vini.forwarder;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ElementClass.PartialChecksums;
import vini.forwarder.lang.GraphText;
import vini.forwarder.offload.PartialChecksum;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Connects the elements of a graph: counts ports, resolves agnostic ports to push or pull, and
 * refuses what cannot work, with all mistakes at once.
 */
final class Wiring {
    private final Map<String, Wired> nodes = new LinkedHashMap<>();

    /** As they are written; also those of elements that could not be made. */
    private final List<GraphText.Connection> written;

    private final List<GraphText.Connection> connections;
    private final List<String> problems;
    private final List<Crossing> crossings = new ArrayList<>();

    /** Whether there may be packets in the graph whose checksum is partial. */
    private final boolean arePartial;

    Wiring(Map<String, Element> elements, GraphText text, List<String> problems) {
        for (GraphText.Declaration declaration : text.elements()) {
            Element element = elements.get(declaration.name());
            if (element != null) {
                nodes.put(declaration.name(), new Wired(element, declaration));
            }
        }
        this.written = text.connections();
        this.connections =
                text.connections().stream()
                        .filter(c -> nodes.containsKey(c.from()) && nodes.containsKey(c.to()))
                        .toList();
        this.problems = problems;
        this.arePartial =
                nodes.values().stream().anyMatch(n -> n.partialChecksums == PartialChecksums.MADE);
    }

    private Wired wired(String name) {
        Wired node = nodes.get(name);
        if (node == null) {
            throw new IllegalStateException("no element " + name);
        }
        return node;
    }

    /**
     * Gives the elements their ports. After a mistake they know how many ports they have, so that
     * their configurations can be checked as well, but not who is behind them.
     */
    void connect(Map<String, Integer> threads, Loops loops, Trace trace) {
        int before = problems.size();
        countPorts();
        if (problems.size() == before) {
            PushPull.resolve(nodes, connections, problems);
            checkUses();
            Threads.place(nodes, connections, threads, loops, problems);
        }
        if (problems.size() == before) {
            wire(trace);
        } else {
            for (Wired node : nodes.values()) {
                node.element.connect(
                        new @Nullable Input[node.inputs], new @Nullable Output[node.outputs]);
            }
        }
    }

    private void countPorts() {
        for (GraphText.Connection c : written) {
            Wired from = nodes.get(c.from());
            if (from != null) {
                from.outputs = Math.max(from.outputs, c.output() + 1);
            }
            Wired to = nodes.get(c.to());
            if (to != null) {
                to.inputs = Math.max(to.inputs, c.input() + 1);
            }
        }
        for (Wired node : nodes.values()) {
            check(node, "input", node.inputs, node.shape.inputsMin(), node.shape.inputsMax());
            check(node, "output", node.outputs, node.shape.outputsMin(), node.shape.outputsMax());
            if (node.shape.sameOutputs() && node.inputs != node.outputs) {
                complain(
                        node,
                        "has "
                                + counted(node.inputs, "input")
                                + " and "
                                + counted(node.outputs, "output")
                                + ", it takes as many of both");
            }
            node.setKinds();
        }
    }

    private void check(Wired node, String what, int count, int min, int max) {
        if (count < min || count > max) {
            String want =
                    min == max
                            ? "" + min
                            : max == PortShape.ANY ? "at least " + min : min + " to " + max;
            complain(node, "has " + counted(count, what) + ", it takes " + want);
        }
    }

    static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private void complain(Wired node, String what) {
        problems.add(
                "%s: '%s :: %s' %s"
                        .formatted(
                                node.text.where(),
                                node.text.name(),
                                node.text.elementClass(),
                                what));
    }

    /** A push output and a pull input lead to one place only. */
    private void checkUses() {
        Map<String, GraphText.Connection> once = new LinkedHashMap<>();
        for (GraphText.Connection c : connections) {
            boolean pull = wired(c.from()).outputKinds[c.output()] == 'l';
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

    private static @Nullable Tap tap(GraphText.Connection c, Trace trace) {
        return trace.isOn()
                ? packet -> trace.passes(packet, c.from(), c.output(), c.to(), c.input())
                : null;
    }

    /** What completes checksums on a connection; null where no packet needs it. */
    private @Nullable PartialChecksum completion(GraphText.Connection c) {
        return arePartial && wired(c.to()).partialChecksums == PartialChecksums.NEVER
                ? new PartialChecksum()
                : null;
    }

    /** The ways of packets from one loop to another, in the order of the text. */
    List<Crossing> crossings() {
        return crossings;
    }

    /** Where packets go that leave an element for another, which may live on another loop. */
    private Element target(Wired from, GraphText.Connection c) {
        Wired to = wired(c.to());
        if (from.element.loop().equals(to.element.loop())) {
            return to.element;
        }
        Crossing crossing = new Crossing(from.element.loop(), to.element, c.input());
        crossings.add(crossing);
        return crossing;
    }

    private void wire(Trace trace) {
        Map<String, @Nullable Output[]> outputs = new LinkedHashMap<>();
        Map<String, @Nullable Input[]> inputs = new LinkedHashMap<>();
        nodes.forEach(
                (name, node) -> {
                    outputs.put(name, new @Nullable Output[node.outputs]);
                    inputs.put(name, new @Nullable Input[node.inputs]);
                });
        Set<String> used = new LinkedHashSet<>();
        for (GraphText.Connection c : written) {
            used.add(c.from() + " output " + c.output());
            used.add(c.to() + " input " + c.input());
        }
        for (GraphText.Connection c : connections) {
            Wired from = wired(c.from());
            if (from.outputKinds[c.output()] == 'l') {
                array(inputs, c.to())[c.input()] =
                        new Input(from.element, c.output(), tap(c, trace), completion(c));
            } else {
                array(outputs, c.from())[c.output()] =
                        new Output(
                                from.element.loop().packets(),
                                target(from, c),
                                c.input(),
                                tap(c, trace),
                                completion(c));
            }
        }
        List<String> loose = new ArrayList<>();
        nodes.forEach(
                (name, node) -> {
                    for (int i = 0; i < node.outputs; i++) {
                        if (!used.contains(name + " output " + i)) {
                            loose.add(where(node) + " output " + i + " unused");
                        }
                    }
                    for (int i = 0; i < node.inputs; i++) {
                        if (!used.contains(name + " input " + i)) {
                            loose.add(where(node) + " input " + i + " unused");
                        }
                    }
                    node.element.connect(array(inputs, name), array(outputs, name));
                });
        problems.addAll(loose);
    }

    private static String where(Wired node) {
        return node.text.where() + ": '" + node.text.name() + "'";
    }

    private static <T> @Nullable T[] array(Map<String, @Nullable T[]> map, String name) {
        @Nullable T[] array = map.get(name);
        if (array == null) {
            throw new IllegalStateException("no element " + name);
        }
        return array;
    }
}
