package vini.routing.ospf;

import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.routing.ospf.wire.LsaHeader;
import vini.routing.ospf.wire.LsaKey;
import vini.routing.ospf.wire.RouterLsa;
import vini.time.Timer;

import java.util.ArrayList;
import java.util.List;

/**
 * Our own router-LSA, RFC 2328 12.4: made anew when something changes, or when it grows old.
 *
 * <p>What changes within a few milliseconds goes into one instance. There is no MinLSInterval
 * between two instances; instead a budget lets a burst pass (a start, a failure and a repair) and
 * slows down a router whose links flap.
 */
final class Origination {
    private static final long HOLD_NANOS = 2_000_000L;
    private static final long CAME_UP_NANOS = 200_000_000L;
    private static final int BURST_MAX = 30;
    private static final long BUDGET_NANOS = 1_000_000_000L;

    private final OspfRouter router;
    private final OwnLsa own;
    private final Timer timer;

    /** When the budget would be whole again; one instance costs {@link #BUDGET_NANOS}. */
    private long budgetWholeAt = Long.MIN_VALUE / 2;

    private long dueAt;
    private boolean forced;

    Origination(OspfRouter router) {
        this.router = router;
        LsaKey key = LsaKey.router(router.routerId());
        this.own = new OwnLsa(router, key, LsaHeader.INITIAL_SEQUENCE, this::refresh);
        this.timer = router.clock().timer(this::originate);
    }

    /** A link, a cost or a neighbour is not as it was. */
    void changed() {
        changed(HOLD_NANOS);
    }

    /**
     * A link has come up. As a rule an adjacency follows within a few round trips, and then one
     * instance says both; one that says only the link would have to be fetched in the very
     * exchange, and a foreign neighbour would discard the next.
     */
    void cameUp() {
        changed(CAME_UP_NANOS);
    }

    private void changed(long hold) {
        long now = router.now();
        long affordableAt = budgetWholeAt - (BURST_MAX - 1) * BUDGET_NANOS;
        long at = Math.max(now + hold, affordableAt);
        if (!timer.isSet() || at < dueAt) {
            dueAt = at;
            timer.at(at);
        }
    }

    boolean isPending() {
        return timer.isSet() || own.isWrapping();
    }

    void stop() {
        timer.cancel();
        own.stop();
    }

    /** The key of our router-LSA. */
    LsaKey key() {
        return own.key();
    }

    /** A newer instance by ourselves came in: we say the last word. */
    void receivedOwn() {
        forced = true;
        changed();
    }

    /** The flush of our LSA is complete. */
    void removed() {
        if (own.removed()) {
            changed();
        }
    }

    private void refresh() {
        forced = true;
        originate();
    }

    private void originate() {
        RouterLsa body = describe();
        if (!forced && own.says(body)) {
            return;
        }
        forced = false;
        if (own.originate(body)) {
            budgetWholeAt = Math.max(budgetWholeAt, router.now()) + BUDGET_NANOS;
        }
    }

    /**
     * RFC 2328 12.4.1.1, with the subnet of each link as a stub, whether or not anyone is there.
     */
    private RouterLsa describe() {
        List<RouterLsa.Link> links = new ArrayList<>();
        for (OspfLink link : router.links()) {
            if (!link.isUp()) {
                continue;
            }
            Neighbor neighbor = link.neighbor();
            if (neighbor != null && neighbor.isFull()) {
                links.add(
                        new RouterLsa.Link(
                                RouterLsa.POINT_TO_POINT,
                                neighbor.routerId(),
                                link.config().local().bits(),
                                link.cost()));
            }
            links.add(stub(link.config().prefix(), link.cost()));
        }
        for (Prefix prefix : router.config().stubs()) {
            links.add(stub(prefix, 0));
        }
        return new RouterLsa(router.externals().isBoundary() ? RouterLsa.BOUNDARY : 0, links);
    }

    private static RouterLsa.Link stub(Prefix prefix, int metric) {
        if (!(prefix.address() instanceof Ipv4Address address)) {
            throw new IllegalStateException(prefix + " in OSPFv2, which is for IPv4");
        }
        return new RouterLsa.Link(
                RouterLsa.STUB, address.bits(), Ipv4Address.mask(prefix.length()), metric);
    }
}
