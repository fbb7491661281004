package vini.overlay.topology;

import java.util.List;

/**
 * A virtual link between two nodes.
 *
 * @param number in order of appearance, from 0
 * @param forward from a to b
 * @param backward from b to a
 * @param mtu bytes of the largest IP packet, the same at both ends
 * @param addressesA those that the file pins for a's end; {@link AddressPlan} has all
 * @param via the machine's interfaces without any of which the link carries nothing
 * @param watchNanos how often its ends tell each other that they are there; 0: they do not
 */
public record Link(
        int number,
        Node a,
        Node b,
        Direction forward,
        Direction backward,
        int mtu,
        List<InterfaceAddress> addressesA,
        List<InterfaceAddress> addressesB,
        List<String> via,
        long watchNanos) {
    /** As events and figures call it: {@code dnvr-kscy}, in the order of the file. */
    public String name() {
        return a.name() + "-" + b.name();
    }

    public boolean has(String node) {
        return a.name().equals(node) || b.name().equals(node);
    }

    /** Whether the link is the one between those two, in either order. */
    public boolean connects(String one, String other) {
        return a.name().equals(one) && b.name().equals(other)
                || a.name().equals(other) && b.name().equals(one);
    }

    public Node node(End end) {
        return end == End.A ? a : b;
    }

    /** The end at a node of the link. */
    public End end(Node node) {
        if (node.equals(a)) {
            return End.A;
        }
        if (node.equals(b)) {
            return End.B;
        }
        throw new IllegalArgumentException(node.name() + " is no end of " + name());
    }

    /** The end at the node of that name, which is one of the two. */
    public End end(String node) {
        if (!has(node)) {
            throw new IllegalArgumentException(node + " is no end of " + name());
        }
        return a.name().equals(node) ? End.A : End.B;
    }

    /** The node at the other end. */
    public Node other(Node node) {
        return node(end(node).other());
    }

    /** The direction that leaves that end. */
    public Direction from(End end) {
        return end == End.A ? forward : backward;
    }

    /** The pinned addresses of that end. */
    public List<InterfaceAddress> addresses(End end) {
        return end == End.A ? addressesA : addressesB;
    }
}
