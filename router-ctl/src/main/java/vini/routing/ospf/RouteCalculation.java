package vini.routing.ospf;

import org.jspecify.annotations.Nullable;

import vini.net.Prefix;
import vini.routing.NextHop;
import vini.routing.Rib;
import vini.routing.Route;
import vini.routing.ospf.wire.LsaKey;
import vini.time.Timer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Turns the database into routes, RFC 2328 16, some time after it changed, and gives the RIB what
 * differs from the last time.
 *
 * <p>The first change after a quiet time is calculated almost at once; as long as changes go on,
 * the calculations draw apart, as RFC 8405 has it.
 */
final class RouteCalculation {
    private static final long FIRST_NANOS = 1_000_000L;
    private static final long SPACING_MIN_NANOS = 10_000_000L;
    private static final long SPACING_MAX_NANOS = 160_000_000L;
    private static final long QUIET_NANOS = 500_000_000L;

    private final OspfRouter router;
    private final Rib rib;
    private final Timer timer;

    /** Prefixes that are ours anyway: the node's graph knows them, not the RIB. */
    private Set<Long> own;

    /** What they were at the last run. */
    private Set<Long> ownBefore;

    private boolean announcementsChanged = true;

    /** The shortest paths, as long as only what is beyond the area changes. */
    private @Nullable AreaPaths area;

    private RouteTable current = new RouteTable();

    /** By the numbers of the links; as many as there are sets of links in use. */
    private final Map<int[], List<NextHop>> nextHops = new TreeMap<>(Arrays::compare);

    private long spacingNanos = SPACING_MIN_NANOS;
    private long lastRunNanos = Long.MIN_VALUE / 2;
    private long runs;

    RouteCalculation(OspfRouter router, Rib rib) {
        this.router = router;
        this.rib = rib;
        this.timer = router.clock().timer(this::run);
        this.own = own(List.of());
        this.ownBefore = own;
    }

    private Set<Long> own(Collection<Announcement> announced) {
        Set<Long> all = new LinkedHashSet<>();
        for (Prefix stub : router.config().stubs()) {
            all.add(RouteTable.key(stub));
        }
        for (OspfInterface one : router.config().interfaces()) {
            all.add(RouteTable.key(one.prefix()));
        }
        for (Announcement one : announced) {
            all.add(RouteTable.key(one.prefix()));
        }
        return all;
    }

    /** The database says something else than before under that key. */
    void changed(LsaKey key) {
        if (key.type() <= LsaKey.NETWORK) {
            area = null;
        }
        changed();
    }

    /** What we announce ourselves is not what it was: we know a way of our own to it, or none. */
    void announcementsChanged() {
        announcementsChanged = true;
        changed();
    }

    private void changed() {
        if (timer.isSet()) {
            return;
        }
        long now = router.now();
        long sinceLast = now - lastRunNanos;
        if (sinceLast > QUIET_NANOS) {
            spacingNanos = SPACING_MIN_NANOS;
        }
        timer.at(Math.max(now + FIRST_NANOS, lastRunNanos + spacingNanos));
        spacingNanos = Math.min(SPACING_MAX_NANOS, spacingNanos * 2);
    }

    boolean isPending() {
        return timer.isSet();
    }

    long runs() {
        return runs;
    }

    void stop() {
        timer.cancel();
    }

    private void run() {
        lastRunNanos = router.now();
        runs++;
        boolean ownChanged = announcementsChanged;
        announcementsChanged = false;
        if (ownChanged) {
            own = own(router.externals().announced());
        }
        AreaPaths paths = area;
        if (paths == null) {
            paths = AreaPaths.of(router);
            // Else nothing can change but the area itself, and a new one takes their place then.
            area = router.lsdb().hasMoreThanArea() ? paths : null;
        }
        publish(RouteRules.calculate(router, paths, current.size()), ownChanged);
    }

    private void publish(RouteTable next, boolean ownChanged) {
        List<Route> offered = new ArrayList<>();
        for (int row = 0; row < next.size(); row++) {
            long key = next.keyAt(row);
            int before = current.find(key);
            if ((before == RouteTable.NONE
                            || !next.isSame(row, current, before)
                            || ownChanged && ownBefore.contains(key))
                    && !own.contains(key)) {
                offered.add(route(next, row));
            }
        }
        List<Prefix> withdrawn = new ArrayList<>();
        for (int row = 0; row < current.size(); row++) {
            long key = current.keyAt(row);
            if ((next.find(key) == RouteTable.NONE || ownChanged && own.contains(key))
                    && !ownBefore.contains(key)) {
                withdrawn.add(router.process().prefixes().of(key));
            }
        }
        ownBefore = own;
        current = next;
        if (!offered.isEmpty() || !withdrawn.isEmpty()) {
            offered.sort(Comparator.comparing(Route::prefix));
            withdrawn.sort(Comparator.naturalOrder());
            router.history()
                    .add(
                            new OspfEvent.RoutesChanged(
                                    router.now(), offered.size(), withdrawn.size()));
            rib.update(Route.Protocol.OSPF, offered, withdrawn);
        }
    }

    private Route route(RouteTable table, int row) {
        return new Route(
                router.process().prefixes().of(table.keyAt(row)),
                Route.Protocol.OSPF,
                table.kindAt(row),
                RouteRules.shownCost(table.kindCodeAt(row), table.costAt(row)),
                nextHops(table.hopsAt(row)));
    }

    /** Most routes share their next hops with many others, as lists, too. */
    private List<NextHop> nextHops(int[] links) {
        return nextHops.computeIfAbsent(links, this::makeNextHops);
    }

    private List<NextHop> makeNextHops(int[] links) {
        List<NextHop> hops = new ArrayList<>();
        for (int link : links) {
            hops.add(new NextHop(link, router.link(link).config().peer()));
        }
        return List.copyOf(hops);
    }
}
