package vini.routing.ospf;

import vini.net.Ipv4Address;

/**
 * A neighbour as it is now.
 *
 * @param sinceNanos when it came into its state, on the router's clock
 * @param deadInNanos how long until it is given up, if no hello comes
 * @param unacknowledged how many LSAs it has not acknowledged
 */
public record NeighborStatus(
        int link,
        String interfaceName,
        Ipv4Address address,
        Ipv4Address routerId,
        NeighborMachine.State state,
        long sinceNanos,
        long deadInNanos,
        int unacknowledged) {}
