package vini.overlay.world;

import vini.net.Quantity;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.world.LinkBook.Write;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * Which nodes of a running slice have crashed, and which are frozen. It says which handlers bring a
 * forwarder or a router into that state, be it one that knows of it or not; both have the same.
 */
public final class NodeBook {
    private final Topology topology;
    private final Causes<Node> down = new Causes<>();
    private final Causes<Node> frozen = new Causes<>();

    public NodeBook(Topology topology) {
        this.topology = topology;
    }

    /** A node is gone, and with it what it was frozen for; false if it was gone already. */
    public boolean crash(Node node, Cause cause) {
        boolean _ = frozen.remove(node, Cause.OPERATOR);
        return down.add(node, cause);
    }

    /** The cause is over; true if the node comes again. */
    public boolean start(Node node, Cause cause) {
        return down.remove(node, cause);
    }

    /** A node stands still; false if it did already, or has crashed. */
    public boolean freeze(Node node, Cause cause) {
        return !down.has(node) && frozen.add(node, cause);
    }

    /** The cause is over; true if the node goes on. */
    public boolean thaw(Node node, Cause cause) {
        return frozen.remove(node, cause);
    }

    public boolean isDown(Node node) {
        return down.has(node);
    }

    /** {@code up}, {@code crashed} or {@code frozen}. */
    public String state(Node node) {
        return isDown(node) ? "crashed" : frozen.has(node) ? "frozen" : "up";
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
        return topology.nodes().stream().filter(frozen::has).toList();
    }

    /**
     * What to write to a process so that its nodes are as they should be, and for how long if
     * nobody is left who would say that it is over.
     */
    public List<Write> writes(long nowNanos) {
        return List.of(
                new Write("down", names(down())),
                new Write("frozen", names(frozen())),
                new Write("lease", leases(nowNanos)));
    }

    private String leases(long nowNanos) {
        StringJoiner leases = new StringJoiner(" ");
        for (Node node : topology.nodes()) {
            long until = (isDown(node) ? down : frozen).untilNanos(node);
            if (until != Long.MAX_VALUE) {
                long left = Math.max(0, until - nowNanos) + LinkBook.GRACE_NANOS;
                leases.add(node.name()).add(Quantity.ofNanos(left));
            }
        }
        return leases.toString();
    }

    private static String names(List<Node> nodes) {
        return String.join(" ", nodes.stream().map(Node::name).toList());
    }

    /** Those of the writes that somebody takes: what is for crashed nodes is left out. */
    public List<Write> taken(Collection<Write> writes) {
        Set<String> gone = new TreeSet<>();
        down().forEach(node -> gone.add(node.name()));
        List<Write> taken = new ArrayList<>();
        for (Write write : writes) {
            // The text of a node's graph is kept until the node starts.
            if (write.handler().endsWith(".hotconfig") || !gone.contains(node(write))) {
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
