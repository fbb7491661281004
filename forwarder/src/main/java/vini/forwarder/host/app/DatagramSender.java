package vini.forwarder.host.app;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import vini.forwarder.host.HostStack;
import vini.forwarder.host.UdpEndpoint;
import vini.net.Ipv4Address;
import vini.net.wire.Ipv4Header;
import vini.net.wire.UdpHeader;
import vini.time.Clock;
import vini.time.Timer;

import java.io.IOException;

/**
 * Sends datagrams of one size at a constant rate, each with its number and time for a {@link
 * DatagramReceiver}. What it could not send in its moment it sends late, all that is due at once;
 * of what is more than {@link #BEHIND_NANOS} late it sends nothing, and says how much that was: a
 * burst would be another traffic than what was asked for.
 */
public final class DatagramSender implements HostApp {
    /**
     * What to send.
     *
     * @param flow by which a receiver knows its own
     * @param payloadBytes {@value #PAYLOAD_BYTES_MIN}-{@value #PAYLOAD_BYTES_MAX}
     * @param pace by which datagrams are due, from the time's start
     * @param sliceNanos for each such time there is a record
     */
    record Plan(
            Ipv4Address destination,
            int port,
            int flow,
            int payloadBytes,
            Pace pace,
            long sliceNanos) {}

    /** The least payload, in bytes. */
    public static final int PAYLOAD_BYTES_MIN = 64;

    /** The greatest payload that fits an MTU of 1500. */
    public static final int PAYLOAD_BYTES_MAX = 1472;

    /** What IP and UDP add to a payload, in bytes: rates are those of whole packets. */
    public static final int HEADER_BYTES = Ipv4Header.BYTES + UdpHeader.BYTES;

    private static final long BEHIND_NANOS = 20_000_000L;
    private static final int PAYLOAD_BYTES = 1400;
    private static final long SLICE_NANOS = 100_000_000L;

    /** So many are handed over at once at most, so that the first does not wait for the last. */
    private static final int TRAIN = 44;

    /** So many leave before others have their turn. */
    private static final int BURST = 64;

    private final Clock clock;
    private final Plan plan;
    private final AppTime time;
    private final AppLog log;
    private final UdpEndpoint endpoint;
    private final ByteBuf payload;
    private final Timer next;

    /** Bytes of datagrams that are stamped and not sent. */
    private int ready;

    private long sequence;
    private long slice;
    private long sent;
    private long skipped;
    private long lateNanos;
    private long lateNanosMax;
    private boolean stopped;

    DatagramSender(HostStack host, Plan plan, AppTime time, AppLog log) throws IOException {
        this.clock = host.clock();
        this.plan = plan;
        this.time = time;
        this.log = log;
        this.next = clock.timer(this::sendDue);
        int atOnce = plan.pace().isDense() ? TRAIN : 1;
        this.payload = Unpooled.wrappedBuffer(new byte[atOnce * plan.payloadBytes()]);
        this.endpoint = host.openUdp(0, (from, port, data) -> {});
        log.add(
                AppRecord.flow(
                        clock.nowNanos(), Ipv4Header.UDP, endpoint.port() << 16 | plan.port()));
        if (time.startNanos() < time.endNanos()) {
            next.at(time.startNanos());
        }
    }

    /** Keywords DST, PORT (5001), FLOW (0), RATE or PPS, SIZE (1400), EVERY (100ms), AT, FOR. */
    static DatagramSender of(HostStack host, AppArguments arguments, AppLog log)
            throws IOException {
        Ipv4Address destination = arguments.address("DST");
        int port = (int) arguments.number("PORT", 5001, 65535);
        int flow = (int) arguments.number("FLOW", 0, Integer.MAX_VALUE);
        int size = (int) arguments.bytes("SIZE", PAYLOAD_BYTES, PAYLOAD_BYTES_MAX);
        long rate = arguments.bitsPerSecond("RATE", 0);
        long packets = arguments.number("PPS", 0, 10_000_000);
        long slice = arguments.nanos("EVERY", SLICE_NANOS);
        AppTime time = AppTime.of(arguments, host.clock());
        arguments.end();
        if (size < PAYLOAD_BYTES_MIN) {
            throw new IllegalArgumentException(
                    "udp-send: SIZE " + size + " is below " + PAYLOAD_BYTES_MIN);
        }
        if ((rate > 0) == (packets > 0)) {
            throw new IllegalArgumentException("udp-send: one of RATE and PPS must be given");
        }
        if (slice <= 0) {
            throw new IllegalArgumentException("udp-send: EVERY must be more than 0");
        }
        Pace pace =
                rate > 0
                        ? Pace.ofBits(rate, size + HEADER_BYTES, time.startNanos())
                        : Pace.ofPackets(packets, time.startNanos());
        return new DatagramSender(
                host, new Plan(destination, port, flow, size, pace, slice), time, log);
    }

    private void sendDue() {
        Pace pace = plan.pace();
        long now = clock.nowNanos();
        if (pace.dueNanos() < now - BEHIND_NANOS) {
            turnTo(now);
            skipped += pace.skipTo(Math.min(now - BEHIND_NANOS, time.endNanos()));
        }
        for (int left = BURST; left > 0 && isDue(now); left--) {
            // The time of this one, not of the burst: its delay is measured from here.
            now = clock.nowNanos();
            turnTo(now);
            UdpStamp.set(payload, ready, plan.flow(), sequence++, now);
            ready += plan.payloadBytes();
            if (ready == payload.capacity()) {
                sendReady();
            }
            long late = now - pace.dueNanos();
            sent++;
            lateNanos += late;
            lateNanosMax = Math.max(lateNanosMax, late);
            pace.advance();
        }
        sendReady();
        if (pace.dueNanos() >= time.endNanos()) {
            writeSlice(now);
            log.add(new AppRecord.State(now, "sent " + sequence));
        } else if (pace.isDense()) {
            next.within(pace.dueNanos(), pace.slackNanos());
        } else {
            next.at(pace.dueNanos());
        }
    }

    private void sendReady() {
        if (ready > 0) {
            payload.setIndex(0, ready);
            endpoint.sendAll(plan.destination(), plan.port(), payload, plan.payloadBytes());
            ready = 0;
        }
    }

    private boolean isDue(long now) {
        return plan.pace().dueNanos() <= now && plan.pace().dueNanos() < time.endNanos();
    }

    /** Writes the record of a slice when a later one has begun. */
    private void turnTo(long now) {
        long current = (now - time.startNanos()) / plan.sliceNanos();
        if (current > slice) {
            writeSlice(now);
            slice = current;
        }
    }

    private void writeSlice(long now) {
        if (sent > 0 || skipped > 0) {
            log.add(new UdpSent(slice, now, sent, skipped, lateNanos, lateNanosMax));
            sent = 0;
            skipped = 0;
            lateNanos = 0;
            lateNanosMax = 0;
        }
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
            writeSlice(clock.nowNanos());
            endpoint.close();
        }
    }
}
