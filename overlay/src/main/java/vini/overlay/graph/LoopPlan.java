package vini.overlay.graph;

import vini.forwarder.io.LoopsFile;
import vini.overlay.topology.Link;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which nodes of a slice share a loop of the forwarder. A packet that stays on its loop is cheaper,
 * so neighbours share one as far as that goes: the nodes are put into a row, each part of the
 * network from one of its ends to the other, and the row is cut into pieces of about equal work. A
 * line of nodes is cut once, and parts that are not connected are not cut if their sizes allow it.
 */
public final class LoopPlan {
    private final Map<Node, List<Node>> neighbours = new LinkedHashMap<>();
    private final int loops;

    private LoopPlan(Topology topology) {
        loops = Math.min(topology.loops(), Math.max(1, topology.nodes().size()));
        topology.nodes().forEach(node -> neighbours.put(node, new ArrayList<>()));
        for (Link link : topology.links()) {
            of(link.a()).add(link.b());
            of(link.b()).add(link.a());
        }
    }

    /** The loop of each node, in the topology's order; no loop is without nodes. */
    public static LoopsFile of(Topology topology) {
        return new LoopPlan(topology).cut();
    }

    private List<Node> of(Node node) {
        return neighbours.getOrDefault(node, List.of());
    }

    private LoopsFile cut() {
        List<Node> row = row();
        Map<Node, Integer> loop = new LinkedHashMap<>();
        long all = row.stream().mapToLong(this::work).sum();
        long before = 0;
        int last = 0;
        for (int i = 0; i < row.size(); i++) {
            long work = work(row.get(i));
            // Where the middle of its work lies; not so far that a loop stays empty.
            int wanted = (int) ((2 * before + work) * loops / (2 * all));
            int atLeast = loops - (row.size() - i);
            last = Math.max(Math.min(wanted, i == 0 ? 0 : last + 1), Math.max(last, atLeast));
            loop.put(row.get(i), last);
            before += work;
        }
        Map<String, Integer> byName = new LinkedHashMap<>();
        neighbours.keySet().forEach(node -> byName.put(node.name(), loop.getOrDefault(node, 0)));
        return new LoopsFile(loops, byName);
    }

    /** A node's own packets, and what comes by its links. */
    private long work(Node node) {
        return 1L + of(node).size();
    }

    /** All nodes; each part of the network from the node that is farthest from its first one. */
    private List<Node> row() {
        Set<Node> row = new LinkedHashSet<>();
        for (Node node : neighbours.keySet()) {
            if (!row.contains(node)) {
                row.addAll(around(around(node).getLast()));
            }
        }
        return List.copyOf(row);
    }

    /** What can be reached, the nearest first. */
    private List<Node> around(Node start) {
        Set<Node> seen = new LinkedHashSet<>(List.of(start));
        Deque<Node> next = new ArrayDeque<>(seen);
        for (Node node = next.poll(); node != null; node = next.poll()) {
            for (Node neighbour : of(node)) {
                if (seen.add(neighbour)) {
                    next.add(neighbour);
                }
            }
        }
        return List.copyOf(seen);
    }
}
