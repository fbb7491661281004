package vini.overlay.topology;

import org.jspecify.annotations.Nullable;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/**
 * The links of a topology in their order, found by their ends without a search: at thousands of
 * nodes, a search for the links of each would take longer than all else. Immutable.
 */
final class LinkList extends AbstractList<Link> implements RandomAccess {
    private final List<Link> links;
    private final Map<String, List<Link>> byNode = new LinkedHashMap<>();

    private LinkList(List<Link> links) {
        this.links = List.copyOf(links);
        for (Link link : this.links) {
            at(link.a()).add(link);
            if (!link.b().name().equals(link.a().name())) {
                at(link.b()).add(link);
            }
        }
        byNode.replaceAll((node, some) -> List.copyOf(some));
    }

    private List<Link> at(Node node) {
        return byNode.computeIfAbsent(node.name(), name -> new ArrayList<>(4));
    }

    /** The list itself if it is one of these. */
    static LinkList of(List<Link> links) {
        return links instanceof LinkList list ? list : new LinkList(links);
    }

    /** The links that have that node at an end, in order. */
    List<Link> at(String node) {
        return byNode.getOrDefault(node, List.of());
    }

    /** The first link between those two in either order, or null. */
    @Nullable Link between(String one, String other) {
        for (Link link : at(one)) {
            if (link.connects(one, other)) {
                return link;
            }
        }
        return null;
    }

    @Override
    public Link get(int index) {
        return links.get(index);
    }

    @Override
    public int size() {
        return links.size();
    }
}
