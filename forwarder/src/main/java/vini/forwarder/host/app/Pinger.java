package vini.forwarder.host.app;

import vini.forwarder.host.EchoListener;
import vini.forwarder.host.HostStack;
import vini.forwarder.host.IcmpEcho;
import vini.forwarder.host.IpTransmitter;
import vini.net.Ipv4Address;
import vini.net.wire.Ipv4Header;
import vini.time.Clock;
import vini.time.Timer;

import java.io.IOException;

/**
 * Sends echo request k at exactly start + k x interval, k = 0, 1, ..., before the end, and records
 * what comes back; after the end it only listens, until it is stopped. A request that the loop
 * could not send in its moment is sent late, up to {@value #BEHIND_MAX} of them; beyond that they
 * are skipped and counted.
 */
public final class Pinger implements HostApp, EchoListener {
    /**
     * What to send.
     *
     * @param intervalNanos above 0
     * @param payloadBytes 0-1472
     * @param ttl 1-255
     */
    public record Plan(Ipv4Address destination, long intervalNanos, int payloadBytes, int ttl) {
        public static final int PAYLOAD_BYTES = 56;

        public Plan {
            if (intervalNanos <= 0) {
                throw new IllegalArgumentException("ping: EVERY must be more than 0");
            }
            if (ttl < 1) {
                throw new IllegalArgumentException("ping: TTL " + ttl + " is outside 1-255");
            }
        }

        public Plan(Ipv4Address destination, long intervalNanos) {
            this(destination, intervalNanos, PAYLOAD_BYTES, IpTransmitter.TTL);
        }
    }

    private static final int BEHIND_MAX = 64;

    /** How far back a reply may be from the latest request; a power of two. */
    private static final int REMEMBERED = 1 << 15;

    private final Clock clock;
    private final Plan plan;
    private final AppTime time;
    private final AppLog log;
    private final IcmpEcho echo;
    private final Timer next;
    private final boolean[] answered = new boolean[REMEMBERED];
    private long sequence;
    private long sent;
    private long replies;
    private long duplicates;
    private long errors;
    private long stale;
    private long skipped;
    private boolean stopped;

    /** Starts at once; the first request leaves at the time's start. */
    public Pinger(HostStack host, Plan plan, AppTime time, AppLog log) throws IOException {
        this.clock = host.clock();
        this.plan = plan;
        this.time = time;
        this.log = log;
        this.next = clock.timer(this::sendDue);
        this.echo = host.openEcho(this);
        log.add(AppRecord.flow(clock.nowNanos(), Ipv4Header.ICMP, echo.id() << 16));
        if (time.startNanos() < time.endNanos()) {
            next.at(time.startNanos());
        }
    }

    /** Keywords DST, EVERY (1s), SIZE (56), TTL (64), AT, FOR. */
    static Pinger of(HostStack host, AppArguments arguments, AppLog log) throws IOException {
        Plan plan =
                new Plan(
                        arguments.address("DST"),
                        arguments.nanos("EVERY", 1_000_000_000L),
                        (int) arguments.bytes("SIZE", Plan.PAYLOAD_BYTES, 1472),
                        (int) arguments.number("TTL", IpTransmitter.TTL, 255));
        AppTime time = AppTime.of(arguments, host.clock());
        arguments.end();
        return new Pinger(host, plan, time, log);
    }

    private void sendDue() {
        long now = clock.nowNanos();
        skipFarBehind(now);
        while (dueNanos() <= now && dueNanos() < time.endNanos()) {
            answered[(int) (sequence & (REMEMBERED - 1))] = false;
            log.add(new AppRecord.Sent(sequence, clock.nowNanos()));
            echo.send(
                    plan.destination(), (int) (sequence & 0xffff), plan.payloadBytes(), plan.ttl());
            sent++;
            sequence++;
        }
        if (dueNanos() < time.endNanos()) {
            next.at(dueNanos());
        } else {
            log.add(new AppRecord.State(clock.nowNanos(), "draining " + counts()));
        }
    }

    private void skipFarBehind(long now) {
        long behind = (now - dueNanos()) / plan.intervalNanos() - BEHIND_MAX;
        if (behind > 0) {
            sequence += behind;
            skipped += behind;
        }
    }

    private long dueNanos() {
        return time.startNanos() + sequence * plan.intervalNanos();
    }

    @Override
    public void reply(Ipv4Address from, int wireSequence, int ttl, int payloadBytes, long nanos) {
        long whole = whole(wireSequence);
        if (whole < 0 || !from.equals(plan.destination())) {
            stale++;
            return;
        }
        int slot = (int) (whole & (REMEMBERED - 1));
        if (answered[slot]) {
            duplicates++;
            log.add(new AppRecord.Duplicate(whole, nanos));
            return;
        }
        answered[slot] = true;
        replies++;
        log.add(new AppRecord.Reply(whole, nanos, ttl));
    }

    @Override
    public void error(Ipv4Address from, int type, int code, int wireSequence, long nanos) {
        long whole = whole(wireSequence);
        if (whole < 0) {
            stale++;
            return;
        }
        errors++;
        log.add(new AppRecord.Failure(whole, nanos, type, code, from));
    }

    /** The request whose low 16 bits these are, the latest such; -1 if none is remembered. */
    private long whole(int wireSequence) {
        long latest = sequence - 1;
        long whole = latest - ((latest - wireSequence) & 0xffff);
        return whole < 0 || latest - whole >= REMEMBERED ? -1 : whole;
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
            echo.close();
            log.add(new AppRecord.State(clock.nowNanos(), "stopped " + counts()));
        }
    }

    private String counts() {
        return "sent "
                + sent
                + " replies "
                + replies
                + " duplicates "
                + duplicates
                + " errors "
                + errors
                + " stale "
                + stale
                + " skipped "
                + skipped;
    }
}
