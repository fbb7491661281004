package vini.experiment.run;

import org.jspecify.annotations.Nullable;

import vini.net.IpAddress;

import java.util.List;

/**
 * What a run's reader needs to know of the topology, and of the hosts outside of it. Nodes and
 * links are in the file's order.
 */
public record Network(String name, List<Node> nodes, List<Link> links, List<Outside> outside) {
    public static final Network NONE = new Network("", List.of(), List.of(), List.of());

    public Network {
        nodes = List.copyOf(nodes);
        links = List.copyOf(links);
        outside = List.copyOf(outside);
    }

    Network with(List<Outside> hosts) {
        return new Network(name, nodes, links, hosts);
    }

    /**
     * A node.
     *
     * @param label what people call it; the name if the topology says nothing
     * @param place null if the topology does not say where it is
     * @param address the node's own address; null if unknown
     */
    public record Node(
            String name, String label, @Nullable Place place, @Nullable IpAddress address) {}

    /** Degrees north and east. */
    public record Place(double latitude, double longitude) {}

    /** A link between two nodes; {@code delayMs} is one-way, from a to b. */
    public record Link(String a, String b, double delayMs) {
        /** Whether it is between these two, in either order. */
        public boolean joins(String x, String y) {
            return (a.equals(x) && b.equals(y)) || (a.equals(y) && b.equals(x));
        }
    }

    /**
     * A host outside.
     *
     * @param entrance at whose door it is
     * @param address by which others reach it; null if unknown
     */
    public record Outside(String name, Entrance entrance, @Nullable IpAddress address) {}

    /**
     * Where packets come from or go to.
     *
     * @param entrance by which they enter or leave the network
     * @param address null if unknown
     */
    public record End(Entrance entrance, @Nullable IpAddress address) {}

    /** Where a node, or an outside host, is; null if there is none of that name. */
    public @Nullable End end(String host) {
        for (Outside other : outside) {
            if (other.name().equals(host)) {
                return new End(other.entrance(), other.address());
            }
        }
        Node node = node(host);
        return node == null ? null : new End(new Entrance(List.of(node.name())), node.address());
    }

    public @Nullable Node node(String name) {
        for (Node node : nodes) {
            if (node.name().equals(name)) {
                return node;
            }
        }
        return null;
    }
}
