package vini.routing.ospf;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import vini.net.Ipv4Address;
import vini.routing.ospf.wire.Hello;
import vini.time.Timer;

import java.util.List;

/**
 * The hellos that we say on a link, RFC 2328 9.5: when, and what. All that an idle network does is
 * to say the same hellos again and again, so what was said last is kept as a packet.
 */
final class Hellos {
    /** Is no router's id: we see nobody. */
    static final int NOBODY = 0;

    /** Later hellos come up to this part early, so that two in a dead interval are never a race. */
    private static final double EARLY_MAX = 0.1;

    private final OspfRouter router;
    private final OspfLink link;
    private final Timer timer;

    /** What was said last, and whom it names. */
    private @Nullable ByteBuf last;

    private int lastSeen;

    Hellos(OspfRouter router, OspfLink link) {
        this.router = router;
        this.link = link;
        this.timer = router.clock().timer(this::due);
        router.process().linkAdded();
    }

    /** Says the first one now, and the others in time. */
    void start() {
        say();
        // Spreads the phases of routers that were started together.
        next(router.random().nextDouble());
    }

    /** Says no more. */
    void stop() {
        timer.cancel();
    }

    private void due() {
        say();
        next(1 - EARLY_MAX * router.random().nextDouble());
    }

    private void next(double intervals) {
        long interval = router.config().helloNanos();
        long now = router.now();
        timer.at(router.process().helloTime(now, now + (long) (interval * intervals), interval));
    }

    /** Says one that names the neighbour, if there is one. */
    void say() {
        Neighbor neighbor = link.neighbor();
        say(neighbor == null ? NOBODY : neighbor.routerId());
    }

    /** Says one that names that router, or {@link #NOBODY}. */
    void say(int seen) {
        ByteBuf packet = last;
        if (packet == null || seen != lastSeen) {
            packet = link.packet(hello(seen));
            last = packet;
            lastSeen = seen;
        }
        link.sendIp(packet.retainedDuplicate());
    }

    private Hello hello(int seen) {
        return new Hello(
                Ipv4Address.mask(link.config().prefixLength()),
                router.config().helloSeconds(),
                OspfLink.OPTIONS,
                OspfLink.OWN_KIND_PRIORITY,
                router.config().deadSeconds(),
                0,
                0,
                seen == NOBODY ? List.of() : List.of(seen));
    }

    /** Why the hello of a neighbour does not fit ours, or null. */
    @Nullable String mismatch(Hello hello) {
        OspfConfig own = router.config();
        if (hello.helloSeconds() != own.helloSeconds()) {
            return "hello interval " + hello.helloSeconds() + " s, want " + own.helloSeconds();
        }
        if (hello.deadSeconds() != own.deadSeconds()) {
            return "dead interval "
                    + Integer.toUnsignedString(hello.deadSeconds())
                    + " s, want "
                    + own.deadSeconds();
        }
        return (hello.options() & OspfLink.OPTIONS) == 0
                ? "a stub area, want a transit area"
                : null;
    }
}
