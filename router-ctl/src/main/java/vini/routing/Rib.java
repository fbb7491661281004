package vini.routing;

import org.jspecify.annotations.Nullable;

import vini.net.Prefix;
import vini.time.Clock;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
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

    /** What the protocols offer for one prefix; as a rule there is one, so this is small. */
    private static final class Candidates {
        private List<Route> offers = List.of();
        @Nullable Used used;

        /** Takes the protocol's offer, or null for none, in place of its last; the best first. */
        void replace(Route.Protocol protocol, @Nullable Route offer) {
            List<Route> next = new ArrayList<>(offers.size() + 1);
            for (Route route : offers) {
                if (route.protocol() != protocol) {
                    next.add(route);
                }
            }
            if (offer != null) {
                next.add(offer);
            }
            next.sort(Comparator.comparingInt(route -> route.protocol().distance()));
            offers = List.copyOf(next);
        }

        @Nullable Route best() {
            return offers.isEmpty() ? null : offers.getFirst();
        }
    }

    private final FibDoor door;
    private final Clock clock;
    private final TreeMap<Prefix, Candidates> table = new TreeMap<>();

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
        List<RouteChange> transaction = new ArrayList<>();
        for (Prefix prefix : withdrawn) {
            Candidates candidates = table.get(prefix);
            if (candidates != null) {
                candidates.replace(protocol, null);
                choose(prefix, candidates, transaction);
            }
        }
        for (Route route : offered) {
            Candidates candidates =
                    table.computeIfAbsent(route.prefix(), prefix -> new Candidates());
            candidates.replace(protocol, route);
            choose(route.prefix(), candidates, transaction);
        }
        if (!transaction.isEmpty()) {
            door.apply(transaction);
        }
    }

    private void choose(Prefix prefix, Candidates candidates, List<RouteChange> transaction) {
        Route best = candidates.best();
        Used used = candidates.used;
        if (best == null) {
            table.remove(prefix);
            if (used != null) {
                transaction.add(new RouteChange.Withdraw(prefix));
            }
            return;
        }
        if (used != null && used.route().equals(best)) {
            return;
        }
        candidates.used = new Used(best, clock.nowNanos());
        if (used == null || !used.route().nextHops().equals(best.nextHops())) {
            transaction.add(new RouteChange.Install(prefix, best.nextHops()));
        }
    }

    /** The routes in use, by prefix. */
    public List<Used> routes() {
        List<Used> routes = new ArrayList<>(table.size());
        for (Candidates candidates : table.values()) {
            if (candidates.used != null) {
                routes.add(candidates.used);
            }
        }
        return routes;
    }

    /** How many prefixes have a route. */
    public int size() {
        return table.size();
    }
}
