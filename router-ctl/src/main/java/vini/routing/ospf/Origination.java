package vini.routing.ospf;

import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.routing.ospf.wire.Lsa;
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
    /** LSRefreshTime, RFC 2328 appendix B. */
    static final long REFRESH_NANOS = 1_800_000_000_000L;

    private static final double REFRESH_EARLY_MAX = 0.1;
    private static final long HOLD_NANOS = 2_000_000L;
    private static final long CAME_UP_NANOS = 200_000_000L;
    private static final int BURST_MAX = 30;
    private static final long BUDGET_NANOS = 1_000_000_000L;

    private final OspfRouter router;
    private final LsaKey key;
    private final Timer timer;
    private final Timer refresh;

    /** When the budget would be whole again; one instance costs {@link #BUDGET_NANOS}. */
    private long budgetWholeAt = Long.MIN_VALUE / 2;

    private long dueAt;
    private boolean forced;

    /** The sequence number is at its end, and the last instance is being flushed. */
    private boolean wrapping;

    Origination(OspfRouter router) {
        this.router = router;
        this.key = LsaKey.router(router.routerId());
        this.timer = router.clock().timer(this::originate);
        this.refresh = router.clock().timer(this::refresh);
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
        return timer.isSet() || wrapping;
    }

    void stop() {
        timer.cancel();
        refresh.cancel();
    }

    /**
     * RFC 2328 13.4: a newer instance by ourselves, from before a restart or from someone who
     * flushed it. We say the last word on what we originate, and flush the rest.
     */
    void receivedOwn(DatabaseEntry entry) {
        if (entry.key().equals(key)) {
            forced = true;
            changed();
        } else if (!entry.isMaxAge(router.now())) {
            router.flooding().flush(entry);
        }
    }

    /** The flush of an LSA is complete. */
    void removed(LsaKey gone) {
        if (wrapping && gone.equals(key)) {
            wrapping = false;
            changed();
        }
    }

    private void refresh() {
        forced = true;
        originate();
    }

    private void originate() {
        long now = router.now();
        RouterLsa body = describe();
        DatabaseEntry current = router.lsdb().get(key);
        if (current != null && !forced && current.lsa().body().equals(body)) {
            return;
        }
        forced = false;
        int sequence = LsaHeader.INITIAL_SEQUENCE;
        if (current != null) {
            if (current.lsa().header().sequence() == LsaHeader.MAX_SEQUENCE) {
                wrapping = true; // RFC 2328 12.1.6
                if (!current.isMaxAge(now)) { // Else it is being flushed: we wait for that.
                    router.flooding().flush(current);
                }
                return;
            }
            sequence = current.lsa().header().sequence() + 1;
        }
        budgetWholeAt = Math.max(budgetWholeAt, now) + BUDGET_NANOS;
        Lsa lsa = Lsa.router(router.routerId(), OspfLink.OPTIONS, sequence, body);
        router.history().add(new OspfEvent.Originated(now, sequence, body.links().size()));
        router.flooding().install(new DatabaseEntry(lsa, 0, now), null);
        double early = REFRESH_EARLY_MAX * router.random().nextDouble();
        refresh.after((long) (REFRESH_NANOS * (1 - early)));
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
        return new RouterLsa(0, links);
    }

    private static RouterLsa.Link stub(Prefix prefix, int metric) {
        if (!(prefix.address() instanceof Ipv4Address address)) {
            throw new IllegalStateException(prefix + " in OSPFv2, which is for IPv4");
        }
        return new RouterLsa.Link(
                RouterLsa.STUB, address.bits(), Ipv4Address.mask(prefix.length()), metric);
    }
}
