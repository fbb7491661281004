package vini.forwarder.host.app;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import vini.forwarder.host.HostStack;
import vini.forwarder.host.UdpEndpoint;
import vini.forwarder.host.UdpReceiver;
import vini.net.Ipv4Address;
import vini.time.Clock;
import vini.time.Timer;

import java.io.IOException;

/**
 * Receives what a {@link DatagramSender} sends, and writes for each slice of time what arrived of
 * the datagrams that were sent in it: how many, how often twice, how many reordered, with which
 * delay and jitter. A slice is written {@link #PATIENCE_NANOS} after its end; what comes later is
 * lost. Whatever does not bear the flow's stamp, or a time that cannot be, is counted and not
 * looked at any further.
 */
public final class DatagramReceiver implements HostApp, UdpReceiver {
    /** So much later a datagram is lost. */
    private static final long PATIENCE_NANOS = 1_000_000_000L;

    private static final long SLICE_NANOS = 100_000_000L;
    private static final long SLICE_NANOS_MIN = 10_000_000L;

    /** RFC 3550 6.4.1: the gain of the jitter's mean. */
    private static final double JITTER_GAIN = 1.0 / 16;

    /** What is known of a slice. */
    private static final class Slice {
        final DelayCounts delays = new DelayCounts();
        long received;
        long duplicates;
        long reordered;
        double jitter;
        long min = Long.MAX_VALUE;
        long max;
        long sum;

        UdpArrived take(long number, long now) {
            UdpArrived arrived =
                    new UdpArrived(
                            number,
                            now,
                            received,
                            duplicates,
                            reordered,
                            Math.round(jitter),
                            received == 0 ? 0 : min,
                            max,
                            sum,
                            delays.take());
            received = 0;
            duplicates = 0;
            reordered = 0;
            jitter = 0;
            min = Long.MAX_VALUE;
            max = 0;
            sum = 0;
            return arrived;
        }
    }

    private final Clock clock;
    private final AppLog log;
    private final UdpEndpoint endpoint;
    private final Timer flush;
    private final int flow;
    private final long startNanos;
    private final long sliceNanos;
    private final SequenceWindow window = new SequenceWindow();

    /** A ring: slice n is at n modulo its length, made when it is needed first. */
    private final @Nullable Slice[] slices;

    /** The first slice that is not written yet. */
    private long first;

    private long transitNanos;
    private double jitterNanos;
    private boolean any;
    private long strange;
    private long late;
    private boolean stopped;

    DatagramReceiver(
            HostStack host, int port, int flow, long startNanos, long sliceNanos, AppLog log)
            throws IOException {
        this.clock = host.clock();
        this.log = log;
        this.flow = flow;
        this.startNanos = startNanos;
        this.sliceNanos = sliceNanos;
        this.slices = new Slice[(int) (PATIENCE_NANOS / sliceNanos) + 3];
        this.flush = clock.timer(this::flush);
        this.endpoint = host.openUdp(port, this);
    }

    /** Keywords PORT (5001), FLOW (0), AT (the sender's), EVERY (the sender's, 100ms). */
    static DatagramReceiver of(HostStack host, AppArguments arguments, AppLog log)
            throws IOException {
        int port = (int) arguments.number("PORT", 5001, 65535);
        int flow = (int) arguments.number("FLOW", 0, Integer.MAX_VALUE);
        long start = arguments.number("AT", host.clock().nowNanos(), Long.MAX_VALUE);
        long slice = arguments.nanos("EVERY", SLICE_NANOS);
        arguments.end();
        if (slice < SLICE_NANOS_MIN) {
            throw new IllegalArgumentException("udp-receive: EVERY is below 10ms");
        }
        return new DatagramReceiver(host, port, flow, start, slice, log);
    }

    @Override
    public void received(Ipv4Address from, int port, ByteBuf payload) {
        long now = clock.nowNanos();
        if (!UdpStamp.isOf(payload, flow)) {
            strange++;
            return;
        }
        long sentNanos = UdpStamp.nanos(payload);
        long sequence = UdpStamp.sequence(payload);
        if (sequence < 0 || sentNanos < startNanos || sentNanos > now) {
            strange++;
            return;
        }
        long number = (sentNanos - startNanos) / sliceNanos;
        write(now);
        if (number < first) {
            late++;
            return;
        }
        Slice slice = slice(number);
        switch (window.arrived(sequence)) {
            case DUPLICATE -> slice.duplicates++;
            case FORGOTTEN -> late++;
            case REORDERED -> {
                slice.reordered++;
                take(slice, now - sentNanos);
            }
            case IN_ORDER -> take(slice, now - sentNanos);
        }
        if (!flush.isSet()) {
            flush.at(end(first));
        }
    }

    private void take(Slice slice, long delayNanos) {
        slice.received++;
        slice.min = Math.min(slice.min, delayNanos);
        slice.max = Math.max(slice.max, delayNanos);
        slice.sum += delayNanos;
        slice.delays.add(delayNanos);
        if (any) {
            jitterNanos += (Math.abs(delayNanos - transitNanos) - jitterNanos) * JITTER_GAIN;
        }
        any = true;
        transitNanos = delayNanos;
        slice.jitter += jitterNanos;
    }

    private Slice slice(long number) {
        int place = (int) (number % slices.length);
        Slice slice = slices[place];
        if (slice == null) {
            slice = new Slice();
            slices[place] = slice;
        }
        return slice;
    }

    /** When a slice can be written. */
    private long end(long number) {
        return startNanos + (number + 1) * sliceNanos + PATIENCE_NANOS;
    }

    /** Writes all slices whose time is up. */
    private void write(long now) {
        long ripe = Math.max(first, (now - startNanos - PATIENCE_NANOS) / sliceNanos);
        // Whatever can be in the ring; of those before there is nothing.
        for (int i = 0; i < slices.length && first < ripe; i++, first++) {
            writeFirst(now);
        }
        first = ripe;
    }

    private void writeFirst(long now) {
        Slice slice = slices[(int) (first % slices.length)];
        if (slice != null && (slice.received > 0 || slice.duplicates > 0)) {
            log.add(slice.take(first, now));
        }
    }

    private void flush() {
        write(clock.nowNanos());
        for (int i = 0; i < slices.length; i++) {
            Slice slice = slices[i];
            if (slice != null && (slice.received > 0 || slice.duplicates > 0)) {
                flush.at(end(first));
                return;
            }
        }
    }

    @Override
    public AppLog log() {
        return log;
    }

    @Override
    public void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        flush.cancel();
        long now = clock.nowNanos();
        for (int i = 0; i < slices.length; i++, first++) {
            writeFirst(now);
        }
        log.add(new AppRecord.State(now, "strange " + strange + " late " + late));
        endpoint.close();
    }
}
