package vini.routing;

import vini.net.Prefix;

import java.util.List;

/**
 * One protocol's offer for a prefix.
 *
 * @param kind what the protocol calls such a route, e.g. {@code intra}; may be empty
 * @param cost in the protocol's own measure, for people; protocols are compared by distance
 * @param nextHops at least one, ascending by link, of equal cost
 */
public record Route(
        Prefix prefix, Protocol protocol, String kind, long cost, List<NextHop> nextHops) {
    /** Who offers routes, with the administrative distance: the smallest wins. */
    public enum Protocol {
        STATIC(1),
        OSPF(110);

        private final int distance;

        Protocol(int distance) {
            this.distance = distance;
        }

        public int distance() {
            return distance;
        }
    }

    public Route {
        nextHops = List.copyOf(nextHops);
        if (nextHops.isEmpty()) {
            throw new IllegalArgumentException("a route to " + prefix + " without a next hop");
        }
    }

    /** Whom the route is by, as people read it: {@code ospf intra}. */
    public String by() {
        String name = protocol.name().toLowerCase(java.util.Locale.ROOT);
        return kind.isEmpty() ? name : name + " " + kind;
    }
}
