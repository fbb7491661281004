package vini.routing;

import vini.net.Prefix;

import java.util.List;

/** One difference between what the RIB wants and what a node's FIB holds. */
public sealed interface RouteChange {
    Prefix prefix();

    /** The prefix now goes to these next hops, of equal cost, in ascending order; at least one. */
    record Install(Prefix prefix, List<NextHop> nextHops) implements RouteChange {}

    /** The prefix is no longer reachable. */
    record Withdraw(Prefix prefix) implements RouteChange {}
}
