package vini.overlay.world;

import vini.overlay.topology.Node;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The nodes that have failed, and for which causes. */
public final class FailedNodes {
    private final Map<Node, Set<Long>> causes = new LinkedHashMap<>();

    /** The node fails for that cause. */
    public void add(Node node, Cause cause) {
        causes.computeIfAbsent(node, n -> new TreeSet<>()).add(cause.number());
    }

    /**
     * The cause is over; the operator's word ends all.
     *
     * @return whether the node had failed and no cause is left
     */
    public boolean remove(Node node, Cause cause) {
        Set<Long> of = causes.get(node);
        if (of == null) {
            return false;
        }
        boolean found = cause.isOperator() || of.remove(cause.number());
        if (cause.isOperator()) {
            of.clear();
        }
        if (of.isEmpty()) {
            causes.remove(node);
        }
        return found && of.isEmpty();
    }
}
