package vini.forwarder;

import org.jspecify.annotations.Nullable;

import vini.forwarder.lang.GraphText;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides for each agnostic port whether it is push or pull: what is known spreads along
 * connections and through elements until nothing moves. Each port is decided once, so that the work
 * grows with the graph only. A port that nothing decides stays agnostic and is used as push.
 */
final class PushPull {
    private record Port(Wired node, boolean output, int number) {
        char kind() {
            return output ? node.outputKinds[number] : node.inputKinds[number];
        }

        void kind(char kind) {
            (output ? node.outputKinds : node.inputKinds)[number] = kind;
        }

        boolean isAgnosticByClass() {
            return (output ? node.shape.output(number) : node.shape.input(number)) == 'a';
        }
    }

    private final Map<Port, List<Port>> peers = new LinkedHashMap<>();
    private final Deque<Port> decided = new ArrayDeque<>();

    private PushPull() {}

    /** Sets the kinds of all ports, and says which connections join a push and a pull port. */
    static void resolve(
            Map<String, Wired> nodes,
            List<GraphText.Connection> connections,
            List<String> problems) {
        PushPull all = new PushPull();
        for (GraphText.Connection c : connections) {
            Port from = new Port(get(nodes, c.from()), true, c.output());
            Port to = new Port(get(nodes, c.to()), false, c.input());
            all.peers.computeIfAbsent(from, port -> new ArrayList<>()).add(to);
            all.peers.computeIfAbsent(to, port -> new ArrayList<>()).add(from);
        }
        nodes.values().forEach(all::begin);
        all.spread();
        for (GraphText.Connection c : connections) {
            char from = get(nodes, c.from()).outputKinds[c.output()];
            char to = get(nodes, c.to()).inputKinds[c.input()];
            if (from != to) {
                problems.add(
                        "%s: '%s' %s output %d connected to '%s' %s input %d"
                                .formatted(
                                        c.where(),
                                        c.from(),
                                        name(from),
                                        c.output(),
                                        c.to(),
                                        name(to),
                                        c.input()));
            }
        }
    }

    private static Wired get(Map<String, Wired> nodes, String name) {
        Wired node = nodes.get(name);
        if (node == null) {
            throw new IllegalStateException("no element " + name);
        }
        return node;
    }

    private static String name(char kind) {
        return kind == 'l' ? "pull" : "push";
    }

    private void begin(Wired node) {
        for (int i = 0; i < node.inputs; i++) {
            decidedByClass(new Port(node, false, i));
        }
        for (int i = 0; i < node.outputs; i++) {
            decidedByClass(new Port(node, true, i));
        }
    }

    private void decidedByClass(Port port) {
        if (port.kind() != 'a') {
            decided.add(port);
        }
    }

    private void spread() {
        for (Port port = decided.poll(); port != null; port = decided.poll()) {
            char kind = port.kind();
            @Nullable List<Port> others = peers.get(port);
            if (others != null) {
                others.forEach(other -> decide(other, kind));
            }
            if (port.isAgnosticByClass()) {
                through(port, kind);
            }
        }
    }

    /** The agnostic ports of an element are of one kind, or those of one number are, or none. */
    private void through(Port port, char kind) {
        Wired node = port.node;
        PortShape.Ties ties = node.shape.ties();
        if (ties == PortShape.Ties.NONE) {
            return;
        }
        boolean all = ties == PortShape.Ties.ALL;
        for (int i = 0; i < node.inputs; i++) {
            if (all || i == port.number) {
                decide(new Port(node, false, i), kind);
            }
        }
        for (int i = 0; i < node.outputs; i++) {
            if (all || i == port.number) {
                decide(new Port(node, true, i), kind);
            }
        }
    }

    private void decide(Port port, char kind) {
        if (port.kind() == 'a') {
            port.kind(kind);
            decided.add(port);
        }
    }
}
