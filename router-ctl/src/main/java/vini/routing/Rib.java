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

    /** What the protocols offer for one prefix; there are millions of these, and one offer each. */
    private static final class Offers {
        private @Nullable Route best;
        private List<Route> others = List.of();
        private long sinceNanos;

        /** Takes the protocol's offer, or null for none, in place of its last; the best first. */
        void replace(Route.Protocol protocol, @Nullable Route offer) {
            if (others.isEmpty() && (best == null || best.protocol() == protocol)) {
                best = offer;
                return;
            }
            List<Route> next = new ArrayList<>(others);
            if (best != null) {
                next.add(best);
            }
            next.removeIf(route -> route.protocol() == protocol);
            if (offer != null) {
                next.add(offer);
            }
            next.sort(Comparator.comparingInt(route -> route.protocol().distance()));
            best = next.removeFirst();
            others = List.copyOf(next);
        }
    }

    private final FibDoor door;
    private final Clock clock;
    private final TreeMap<Prefix, Offers> table = new TreeMap<>();

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
            Offers offers = table.get(prefix);
            if (offers != null) {
                replace(prefix, offers, protocol, null, transaction);
            }
        }
        for (Route route : offered) {
            Offers offers = table.computeIfAbsent(route.prefix(), prefix -> new Offers());
            replace(route.prefix(), offers, protocol, route, transaction);
        }
        if (!transaction.isEmpty()) {
            door.apply(transaction);
        }
    }

    private void replace(
            Prefix prefix,
            Offers offers,
            Route.Protocol protocol,
            @Nullable Route offer,
            List<RouteChange> transaction) {
        Route before = offers.best;
        offers.replace(protocol, offer);
        Route best = offers.best;
        if (best == null) {
            table.remove(prefix);
            if (before != null) {
                transaction.add(new RouteChange.Withdraw(prefix));
            }
        } else if (!best.equals(before)) {
            offers.sinceNanos = clock.nowNanos();
            if (before == null || !before.nextHops().equals(best.nextHops())) {
                transaction.add(new RouteChange.Install(prefix, best.nextHops()));
            }
        }
    }

    /** The routes in use, by prefix. */
    public List<Used> routes() {
        List<Used> routes = new ArrayList<>(table.size());
        for (Offers offers : table.values()) {
            if (offers.best != null) {
                routes.add(new Used(offers.best, offers.sinceNanos));
            }
        }
        return routes;
    }

    /** What the FIB should hold now, by prefix. */
    public List<RouteChange.Install> installs() {
        List<RouteChange.Install> installs = new ArrayList<>(table.size());
        table.forEach(
                (prefix, offers) -> {
                    if (offers.best != null) {
                        installs.add(new RouteChange.Install(prefix, offers.best.nextHops()));
                    }
                });
        return installs;
    }

    /** How many prefixes have a route. */
    public int size() {
        return table.size();
    }
}
