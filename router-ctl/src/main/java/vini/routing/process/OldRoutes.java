package vini.routing.process;

import vini.time.Clock;
import vini.time.Timer;

/**
 * Lets the FIBs keep the routes of an earlier router process until the new one knows the network:
 * until it has converged, or a minute at most.
 */
final class OldRoutes {
    private static final long CHECK_NANOS = 50_000_000L;
    private static final long KEPT_NANOS_MAX = 60_000_000_000L;

    private final Clock clock;
    private final SliceRouters routers;
    private final Runnable drop;
    private final Timer timer;
    private final long startNanos;

    /**
     * Nothing is watched yet.
     *
     * @param drop lets all FIBs forget what their routers do not want
     */
    OldRoutes(Clock clock, SliceRouters routers, Runnable drop) {
        this.clock = clock;
        this.routers = routers;
        this.drop = drop;
        this.timer = clock.timer(this::check);
        this.startNanos = clock.nowNanos();
    }

    /** Looks now and then, until the old routes are gone. */
    void watch() {
        timer.after(CHECK_NANOS);
    }

    /** Looks no more: there are still older routers. */
    void cancel() {
        timer.cancel();
    }

    private void check() {
        boolean late = clock.nowNanos() - startNanos > KEPT_NANOS_MAX;
        if (late || routers.isConverged()) {
            drop.run();
        } else {
            watch();
        }
    }
}
