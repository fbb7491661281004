package vini.routing;

import org.jspecify.annotations.Nullable;

import vini.net.Prefix;
import vini.time.Clock;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The routes of one node by all its protocols. Of each prefix the protocol of the smallest distance
 * wins, and only what differs goes to the FIB: one transaction for each call.
 */
public final class Rib {
    /**
     * A route in use.
     *
     * @param sinceNanos when it came into use or changed last, on the router's clock
     */
    public record Used(Route route, long sinceNanos) {}

    private final FibDoor door;
    private final Clock clock;
    private final BestRoutes best = new BestRoutes();

    /** What else is offered, where several protocols offer a prefix; the best of it first. */
    private final Map<Prefix, List<Route>> others = new TreeMap<>();

    public Rib(FibDoor door, Clock clock) {
        this.door = door;
        this.clock = clock;
    }

    /**
     * One protocol's changes.
     *
     * @param offered new or changed routes, all by {@code protocol}
     * @param withdrawn prefixes for which it has no route any more
     */
    public void update(
            Route.Protocol protocol, Collection<Route> offered, Collection<Prefix> withdrawn) {
        List<RouteChange> transaction = new ArrayList<>(offered.size() + withdrawn.size());
        for (Prefix prefix : withdrawn) {
            replace(prefix, protocol, null, transaction);
        }
        for (Route route : offered) {
            replace(route.prefix(), protocol, route, transaction);
        }
        if (!transaction.isEmpty()) {
            door.apply(transaction);
        }
    }

    private void replace(
            Prefix prefix,
            Route.Protocol protocol,
            @Nullable Route offer,
            List<RouteChange> transaction) {
        int row = best.find(prefix);
        Route winner = winner(prefix, row, protocol, offer);
        if (winner == null) {
            if (row != BestRoutes.NONE) {
                best.remove(row);
                transaction.add(new RouteChange.Withdraw(prefix));
            }
        } else if (row == BestRoutes.NONE) {
            best.add(winner, clock.nowNanos());
            transaction.add(new RouteChange.Install(prefix, winner.nextHops()));
        } else if (!best.isSame(row, winner)) {
            if (!best.nextHops(row).equals(winner.nextHops())) {
                transaction.add(new RouteChange.Install(prefix, winner.nextHops()));
            }
            best.set(row, winner, clock.nowNanos());
        }
    }

    /** The best route when the protocol's offer, or null for none, has replaced its last. */
    private @Nullable Route winner(
            Prefix prefix, int row, Route.Protocol protocol, @Nullable Route offer) {
        List<Route> losers = others.isEmpty() ? null : others.get(prefix);
        boolean alone = row == BestRoutes.NONE || best.protocol(row) == protocol;
        if (losers == null && alone) {
            return offer;
        }
        List<Route> all = losers == null ? new ArrayList<>() : new ArrayList<>(losers);
        if (row != BestRoutes.NONE) {
            all.add(best.route(row));
        }
        all.removeIf(route -> route.protocol() == protocol);
        if (offer != null) {
            all.add(offer);
        }
        all.sort(Comparator.comparingInt(route -> route.protocol().distance()));
        Route first = all.removeFirst();
        if (all.isEmpty()) {
            others.remove(prefix);
        } else {
            others.put(prefix, List.copyOf(all));
        }
        return first;
    }

    /** The routes in use, by prefix. */
    public List<Used> routes() {
        List<Used> routes = new ArrayList<>(best.size());
        for (int row = 0; row < best.size(); row++) {
            routes.add(new Used(best.route(row), best.since(row)));
        }
        routes.sort(Comparator.comparing(used -> used.route().prefix()));
        return routes;
    }

    /** What the FIB should hold now, by prefix. */
    public List<RouteChange.Install> installs() {
        List<RouteChange.Install> installs = new ArrayList<>(best.size());
        for (int row = 0; row < best.size(); row++) {
            Route route = best.route(row);
            installs.add(new RouteChange.Install(route.prefix(), route.nextHops()));
        }
        installs.sort(Comparator.comparing(RouteChange.Install::prefix));
        return installs;
    }

    /** How many prefixes have a route. */
    public int size() {
        return best.size();
    }
}
