package vini.forwarder.elements.overlay;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.FarEnds;
import vini.forwarder.Graph;
import vini.forwarder.Journal;
import vini.net.Quantity;
import vini.time.Timer;

import java.util.random.RandomGenerator;

/**
 * Whether the far end of a tunnel is there. Each end sends a heartbeat in every interval in which
 * it sent nothing else, and one that has heard nothing for {@link #MISSES} intervals says so, as
 * the Detection Time of RFC 5880, 6.8.4. It looks at counters that the tunnel has anyway, once an
 * interval, so a packet costs nothing; what was heard last is known to an interval, and a silence
 * is told after {@link #MISSES} to {@link #MISSES} + 1 of them.
 */
final class Heartbeats {
    /** What a tunnel does for its watch, on its loop. */
    interface Tunnel {
        /** How much was sent to the far end, heartbeats as well. */
        long sentTo();

        /** How much came from there, likewise. */
        long heardFrom();

        /** Tells the far end that this one is there, if that is possible. */
        void beat();
    }

    /** Detect Mult, as RFC 5880 calls it. */
    static final int MISSES = 3;

    private static final long MIN_NANOS = 1_000_000L;

    private final long intervalNanos;
    private final Tunnel tunnel;
    private final Timer timer;
    private final String place;
    private final Journal journal;
    private final FarEnds ends;
    private long lastSent;
    private long lastHeard;
    private long heardNanos;
    private long lookedNanos;
    private @Nullable Boolean hears;

    /**
     * Begins to watch.
     *
     * @param graph the tunnel's
     * @param place the tunnel's name: {@code GRAPH/ELEMENT}
     * @param timer calls {@link #look}
     * @param chance so that not all tunnels of a slice beat at once
     */
    Heartbeats(
            long intervalNanos,
            Tunnel tunnel,
            Graph graph,
            String place,
            Timer timer,
            RandomGenerator chance) {
        this.intervalNanos = intervalNanos;
        this.tunnel = tunnel;
        this.timer = timer;
        this.place = place;
        this.journal = graph.shared().journal();
        this.ends = graph.shared().get(FarEnds.class, FarEnds::new);
        timer.after(1 + chance.nextLong(intervalNanos));
    }

    /** The keyword WATCH: nanoseconds, 0 if it is not given. */
    static long interval(Arguments arguments) throws ConfigException {
        long nanos = arguments.keyword("WATCH", Quantity::nanos, 0L);
        if (nanos != 0 && nanos < MIN_NANOS) {
            throw new ConfigException("WATCH is shorter than 1ms");
        }
        return nanos;
    }

    /** Looks at what came and went in an interval, and beats if nothing went. */
    void look(long now) {
        // Who has slept himself, or has just begun, does not know who spoke meanwhile.
        boolean slept = now - lookedNanos > 2 * intervalNanos;
        lookedNanos = now;
        long heard = tunnel.heardFrom();
        boolean any = heard != lastHeard;
        lastHeard = heard;
        if (any || slept) {
            heardNanos = now;
        }
        if (any) {
            say(now, true);
        } else if (now - heardNanos >= MISSES * intervalNanos) {
            say(now, false);
        }
        if (tunnel.sentTo() == lastSent) {
            tunnel.beat();
        }
        lastSent = tunnel.sentTo();
        timer.after(intervalNanos);
    }

    private void say(long now, boolean isHeard) {
        if (hears != null && hears == isHeard) {
            return;
        }
        // That the far end is there from the beginning is no news.
        if (hears != null || !isHeard) {
            journal.add(now, place, isHeard ? "far end heard" : "far end silent");
        }
        hears = isHeard;
        ends.say(place, this, isHeard);
    }

    /** As handlers say it: {@code heard}, {@code silent}, or {@code unknown} at first. */
    String state() {
        return hears == null ? "unknown" : hears ? "heard" : "silent";
    }

    /** The node stands still, and so it sends no heartbeats. */
    void standStill() {
        timer.cancel();
    }

    /** The node goes on, and says so at once. */
    void goOn() {
        tunnel.beat();
        timer.after(intervalNanos);
    }

    /** The tunnel is no more. */
    void end() {
        timer.cancel();
        ends.forget(place, this);
    }
}
