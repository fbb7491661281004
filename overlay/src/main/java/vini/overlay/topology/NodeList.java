package vini.overlay.topology;

import org.jspecify.annotations.Nullable;

import java.util.AbstractList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/** The nodes of a topology in their order, found by name without a search. Immutable. */
final class NodeList extends AbstractList<Node> implements RandomAccess {
    private final List<Node> nodes;
    private final Map<String, Node> byName = new LinkedHashMap<>();

    private NodeList(List<Node> nodes) {
        this.nodes = List.copyOf(nodes);
        this.nodes.forEach(node -> byName.putIfAbsent(node.name(), node));
    }

    /** The list itself if it is one of these. */
    static NodeList of(List<Node> nodes) {
        return nodes instanceof NodeList list ? list : new NodeList(nodes);
    }

    /** The node of that name, or null. */
    @Nullable Node named(String name) {
        return byName.get(name);
    }

    @Override
    public Node get(int index) {
        return nodes.get(index);
    }

    @Override
    public int size() {
        return nodes.size();
    }
}
