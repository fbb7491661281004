package vini.overlay.topology;

import vini.net.Prefix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Networks that nobody drew: for measurements of size, and for the search for faults. They have
 * builtin hosts and direct tunnels, and addresses for any number of nodes that memory holds.
 */
public final class Generated {
    /** Half of it is for nodes, the other for blocks of four addresses, one a link. */
    private static final Prefix PREFIX = Prefix.parse("10.0.0.0/9");

    private static final Prefix USERS = Prefix.parse("10.128.0.0/16");
    private static final int MTU_BYTES = 1500;
    private static final int HELLO_S = 5;
    private static final int DEAD_S = 10;

    private Generated() {}

    /** What the two directions of the next link are. */
    public interface Ends {
        /** Called for the forward direction, then for the backward one. */
        Direction next();
    }

    /**
     * A grid: each node has links to those beside, above and below it.
     *
     * @param delayNanos of each link, one way
     */
    public static Topology grid(int width, int height, long delayNanos) {
        Draft draft = new Draft(() -> plain(delayNanos));
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                draft.node("r" + y + "-" + x);
            }
        }
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int here = y * width + x;
                if (x + 1 < width) {
                    draft.link(here, here + 1);
                }
                if (y + 1 < height) {
                    draft.link(here, here + width);
                }
            }
        }
        return draft.topology("grid");
    }

    /**
     * A random connected network without two links between the same nodes: each node but the first
     * has a link to one before it, and the other links are anywhere.
     *
     * @param links as far as there is room for them; at least {@code nodes - 1}
     */
    public static Topology random(int nodes, int links, RandomGenerator random, Ends ends) {
        Draft draft = new Draft(ends);
        for (int i = 0; i < nodes; i++) {
            draft.node("n" + i);
            if (i > 0) {
                draft.link(random.nextInt(i), i);
            }
        }
        long room = (long) nodes * (nodes - 1) / 2;
        while (draft.links.size() < Math.min(links, room)) {
            int a = random.nextInt(nodes);
            int b = random.nextInt(nodes);
            if (a != b) {
                draft.link(Math.min(a, b), Math.max(a, b));
            }
        }
        return draft.topology("random");
    }

    /** A direction of cost 10 that is nothing but delay. */
    public static Direction plain(long delayNanos) {
        return new Direction(
                10, delayNanos, 0, 0, 0, vini.forwarder.elements.overlay.Link.QUEUE_PACKETS);
    }

    private static final class Draft {
        final List<Node> nodes = new ArrayList<>();
        final List<Link> links = new ArrayList<>();
        final Set<Long> taken = new LinkedHashSet<>();
        final Ends ends;

        Draft(Ends ends) {
            this.ends = ends;
        }

        void node(String name) {
            nodes.add(new Node(nodes.size(), name, null, null, List.of(), null, null, List.of()));
        }

        /** Does nothing if there is one. */
        void link(int a, int b) {
            if (taken.add((long) a << Integer.SIZE | b)) {
                links.add(
                        new Link(
                                links.size(),
                                nodes.get(a),
                                nodes.get(b),
                                ends.next(),
                                ends.next(),
                                MTU_BYTES,
                                List.of(),
                                List.of(),
                                List.of(),
                                0));
            }
        }

        Topology topology(String name) {
            return new Topology(
                    name,
                    PREFIX,
                    USERS,
                    nodes,
                    links,
                    new LinkedHashMap<>(),
                    new Routing(Protocol.OSPF, HELLO_S, DEAD_S),
                    HostsMode.BUILTIN,
                    TunnelsMode.DIRECT,
                    1);
        }
    }
}
