package vini.forwarder.elements.overlay;

import org.jspecify.annotations.Nullable;

import vini.time.Clock;
import vini.time.Timer;

import java.util.function.Consumer;
import java.util.function.Function;

/** The lease that a link is under now, if it is; it ends by itself unless another one comes. */
final class LinkLeases {
    private final Clock clock;
    private final Function<Runnable, Timer> timers;
    private final Consumer<LinkLease> over;

    private @Nullable LinkLease lease;

    /** Made for the first lease: few links ever have one. */
    private @Nullable Timer timer;

    private long endNanos;
    private long ended;

    /**
     * A link without a lease.
     *
     * @param timers makes a timer that is not set
     * @param over hears of a lease that has run out
     */
    LinkLeases(Clock clock, Function<Runnable, Timer> timers, Consumer<LinkLease> over) {
        this.clock = clock;
        this.timers = timers;
        this.over = over;
    }

    /** Takes one in the place of that which there is; null: none. */
    void take(@Nullable LinkLease next) {
        lease = next;
        if (next != null) {
            until(clock.nowNanos() + next.nanos());
        } else if (timer != null) {
            timer.cancel();
        }
    }

    /** Goes on with what another link was under. */
    void takeOver(LinkLeases other) {
        lease = other.lease;
        if (lease != null) {
            until(other.endNanos);
        }
    }

    /** How many ran out. */
    long ended() {
        return ended;
    }

    private void until(long nanos) {
        endNanos = nanos;
        if (timer == null) {
            timer = timers.apply(this::end);
        }
        timer.at(nanos);
    }

    private void end() {
        LinkLease last = lease;
        if (last != null) {
            lease = null;
            ended++;
            over.accept(last);
        }
    }
}
