package vini.routing.ospf;

import vini.net.Ipv4Address;
import vini.net.Prefix;

/**
 * One point-to-point link of a router, as configured.
 *
 * @param link the number by which the punt port knows the link, unique at the router
 * @param name for people
 * @param local our address on the link, unique at the router
 * @param prefixLength of the link's subnet, 1-32; 30 as a rule
 * @param peer the only address from which packets are taken; next hop of routes by this link
 * @param cost 1-65535
 * @param mtu the largest IP packet, in bytes, 576-65535; the neighbour's must not be larger
 */
public record OspfInterface(
        int link,
        String name,
        Ipv4Address local,
        int prefixLength,
        Ipv4Address peer,
        int cost,
        int mtu) {
    public OspfInterface {
        checkCost(cost);
        if (mtu < 576 || mtu > 65535) {
            throw new IllegalArgumentException("MTU " + mtu + " is outside 576-65535");
        }
        if (prefixLength < 1 || prefixLength > 32) {
            throw new IllegalArgumentException(
                    "prefix length " + prefixLength + " is outside 1-32");
        }
    }

    static void checkCost(int cost) {
        if (cost < 1 || cost > 65535) {
            throw new IllegalArgumentException("OSPF cost " + cost + " is outside 1-65535");
        }
    }

    /** The subnet of the link. */
    public Prefix prefix() {
        return new Prefix(local, prefixLength);
    }
}
