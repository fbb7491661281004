package vini.forwarder.host.app;

import org.jspecify.annotations.Nullable;

import vini.forwarder.host.EchoListener;
import vini.forwarder.host.HostStack;
import vini.forwarder.host.IcmpEcho;
import vini.net.Ipv4Address;
import vini.net.wire.Ipv4Header;
import vini.time.Clock;
import vini.time.Timer;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Traces the path to a host again and again: each round sends echo requests with TTL 1, 2, ... at
 * once, all with the same identifier, so that routers with several equal ways send them the same
 * way, and hears {@link #PATIENCE_NANOS} long where they end. A round that follows one which
 * reached the destination goes two hops further than that, others as far as {@value #TTL_MAX}.
 */
public final class Tracer implements HostApp, EchoListener {
    private static final int TTL_MAX = 30;

    /** A TTL takes so many bits of the sequence number, the round has the others. */
    private static final int TTL_BITS = 5;

    private static final int ROUNDS = 1 << (16 - TTL_BITS);
    private static final int SPARE_HOPS = 2;
    private static final int PAYLOAD_BYTES = 28;
    private static final long PATIENCE_NANOS = 1_000_000_000L;
    private static final long EVERY_NANOS_MIN = 10_000_000L;

    /** What is known of a round. */
    private static final class Round {
        final long number;
        final long nanos;
        final Ipv4Address[] hops = new Ipv4Address[TTL_MAX + 1];
        final long[] roundTrips = new long[TTL_MAX + 1];
        int distance = Integer.MAX_VALUE;

        @SuppressWarnings("NullAway") // a hop that nobody has answered for is null
        Round(long number, long nanos) {
            this.number = number;
            this.nanos = nanos;
        }

        @Nullable Ipv4Address hop(int ttl) {
            return hops[ttl];
        }

        TracedPath path() {
            boolean reached = distance <= TTL_MAX;
            int last = reached ? distance : TTL_MAX;
            while (!reached && last > 0 && hop(last) == null) {
                last--;
            }
            List<TracedPath.Hop> path = new ArrayList<>();
            for (int ttl = 1; ttl <= last; ttl++) {
                path.add(new TracedPath.Hop(hop(ttl), roundTrips[ttl]));
            }
            return new TracedPath(number, nanos, reached, path);
        }
    }

    private final Clock clock;
    private final Ipv4Address destination;
    private final long everyNanos;
    private final AppTime time;
    private final AppLog log;
    private final IcmpEcho echo;
    private final Timer next;
    private final Timer end;
    private final ArrayDeque<Round> open = new ArrayDeque<>();
    private long rounds;
    private int ttlMax = TTL_MAX;
    private boolean stopped;

    Tracer(HostStack host, Ipv4Address destination, long everyNanos, AppTime time, AppLog log)
            throws IOException {
        this.clock = host.clock();
        this.destination = destination;
        this.everyNanos = everyNanos;
        this.time = time;
        this.log = log;
        this.next = clock.timer(this::begin);
        this.end = clock.timer(this::endOldest);
        this.echo = host.openEcho(this);
        log.add(AppRecord.flow(clock.nowNanos(), Ipv4Header.ICMP, echo.id() << 16));
        if (time.startNanos() < time.endNanos()) {
            next.at(time.startNanos());
        }
    }

    /** Keywords DST, EVERY (1s), AT, FOR. */
    static Tracer of(HostStack host, AppArguments arguments, AppLog log) throws IOException {
        Ipv4Address destination = arguments.address("DST");
        long every = arguments.nanos("EVERY", PATIENCE_NANOS);
        AppTime time = AppTime.of(arguments, host.clock());
        arguments.end();
        if (every < EVERY_NANOS_MIN) {
            throw new IllegalArgumentException("trace: EVERY is below 10ms");
        }
        return new Tracer(host, destination, every, time, log);
    }

    private void begin() {
        long now = clock.nowNanos();
        Round round = new Round(rounds++, now);
        open.add(round);
        if (!end.isSet()) {
            end.at(now + PATIENCE_NANOS);
        }
        int place = (int) (round.number % ROUNDS) << TTL_BITS;
        for (int ttl = 1; ttl <= ttlMax; ttl++) {
            echo.send(destination, place | ttl, PAYLOAD_BYTES, ttl);
        }
        long due = Math.max(now, time.startNanos() + rounds * everyNanos);
        if (due < time.endNanos()) {
            next.at(due);
        }
    }

    private void endOldest() {
        Round round = open.remove();
        TracedPath path = round.path();
        log.add(path);
        ttlMax = path.reached() ? Math.min(TTL_MAX, round.distance + SPARE_HOPS) : TTL_MAX;
        Round oldest = open.peek();
        if (oldest != null) {
            end.at(oldest.nanos + PATIENCE_NANOS);
        }
    }

    @Override
    public void reply(Ipv4Address from, int sequence, int ttl, int payloadBytes, long nanos) {
        int hop = sequence & ((1 << TTL_BITS) - 1);
        Round round = answered(from, sequence, nanos);
        if (round != null && from.equals(destination)) {
            round.distance = Math.min(round.distance, hop);
        }
    }

    @Override
    public void error(Ipv4Address from, int type, int code, int sequence, long nanos) {
        Round _ = answered(from, sequence, nanos);
    }

    /** The round that an answer is for; null if it is for none that is open. */
    private @Nullable Round answered(Ipv4Address from, int sequence, long nanos) {
        int hop = sequence & ((1 << TTL_BITS) - 1);
        if (hop < 1 || hop > TTL_MAX) {
            return null;
        }
        for (Round round : open) {
            if (round.number % ROUNDS == sequence >>> TTL_BITS) {
                if (round.hop(hop) == null) {
                    round.hops[hop] = from;
                    round.roundTrips[hop] = nanos - round.nanos;
                }
                return round;
            }
        }
        return null;
    }

    @Override
    public AppLog log() {
        return log;
    }

    @Override
    public void stop() {
        if (!stopped) {
            stopped = true;
            next.cancel();
            end.cancel();
            echo.close();
            log.add(new AppRecord.State(clock.nowNanos(), "traced " + rounds));
        }
    }
}
