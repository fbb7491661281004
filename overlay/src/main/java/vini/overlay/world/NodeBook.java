package vini.overlay.world;

import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.world.LinkBook.Write;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which nodes of a running slice have crashed, and which are frozen. It says which handlers bring a
 * forwarder or a router into that state, be it one that knows of it or not; both have the same.
 */
public final class NodeBook {
    private final Topology topology;
    private final Set<String> down = new LinkedHashSet<>();
    private final Set<String> frozen = new LinkedHashSet<>();

    public NodeBook(Topology topology) {
        this.topology = topology;
    }

    /** A node is gone; false if it was already. */
    public boolean crash(Node node) {
        frozen.remove(node.name());
        return down.add(node.name());
    }

    /** A node comes again; false if it was there. */
    public boolean start(Node node) {
        return down.remove(node.name());
    }

    /** A node stands still; false if it did already, or has crashed. */
    public boolean freeze(Node node) {
        return !down.contains(node.name()) && frozen.add(node.name());
    }

    /** A node goes on; false if it was not frozen. */
    public boolean thaw(Node node) {
        return frozen.remove(node.name());
    }

    public boolean isDown(Node node) {
        return down.contains(node.name());
    }

    /** {@code up}, {@code crashed} or {@code frozen}. */
    public String state(Node node) {
        return isDown(node) ? "crashed" : frozen.contains(node.name()) ? "frozen" : "up";
    }

    /** The nodes that are there, frozen ones as well. */
    public List<Node> present() {
        return topology.nodes().stream().filter(node -> !isDown(node)).toList();
    }

    /** Those that have crashed. */
    public List<Node> down() {
        return topology.nodes().stream().filter(this::isDown).toList();
    }

    /** Those that stand still. */
    public List<Node> frozen() {
        return topology.nodes().stream().filter(node -> frozen.contains(node.name())).toList();
    }

    /** What to write to a process so that its nodes are as they should be. */
    public List<Write> writes() {
        return List.of(
                new Write("down", String.join(" ", down)),
                new Write("frozen", String.join(" ", frozen)));
    }

    /** Those of the writes that somebody takes: what is for crashed nodes is left out. */
    public List<Write> taken(Collection<Write> writes) {
        if (down.isEmpty()) {
            return List.copyOf(writes);
        }
        List<Write> taken = new ArrayList<>();
        for (Write write : writes) {
            // The text of a node's graph is kept until the node starts.
            if (write.handler().endsWith(".hotconfig") || !down.contains(node(write))) {
                taken.add(write);
            }
        }
        return taken;
    }

    /** Those of the writes that are for that node. */
    public static List<Write> of(Node node, Collection<Write> writes) {
        return writes.stream().filter(write -> node(write).equals(node.name())).toList();
    }

    /** The node in {@code NODE.HANDLER} and {@code NODE/ELEMENT.HANDLER}. */
    private static String node(Write write) {
        String handler = write.handler();
        int end = handler.indexOf('/');
        return handler.substring(0, end < 0 ? Math.max(0, handler.indexOf('.')) : end);
    }
}
