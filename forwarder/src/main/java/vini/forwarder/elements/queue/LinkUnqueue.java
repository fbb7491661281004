package vini.forwarder.elements.queue;

import com.google.auto.service.AutoService;

import vini.forwarder.Annotation;
import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.forwarder.Signal;
import vini.forwarder.Task;
import vini.net.Quantity;
import vini.time.Clock;
import vini.time.Timer;

/**
 * Pulls packets and delays them as a serial line does: a packet is on its way into the line for its
 * length (and its extra length annotation) over BANDWIDTH, and LATENCY later it is pushed, with the
 * time of that as its timestamp. The next one is pulled when the line has taken the one before it;
 * what waits for that waits in the queue before this element.
 *
 * <p>LATENCY is a time up to an hour (seconds or with a unit), BANDWIDTH a bandwidth above 0, such
 * as {@code 384kbps} or {@code 48000} (bytes a second). The line holds up to 65536 packets; then it
 * takes no more until one has left it.
 *
 * <pre>{@code
 * ... -> Queue(100) -> LinkUnqueue(10ms, 2Mbps) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code latency}, {@code bandwidth}, {@code size} (read: packets in the line), {@code
 * reset} (write: drops them).
 */
@AutoService(Element.class)
@ElementClass(name = "LinkUnqueue", processing = "l/h", drops = "lineReset")
public final class LinkUnqueue extends Element implements Storage {
    private static final long SECOND = 1_000_000_000L;
    private static final long HOUR = 3600 * SECOND;
    private static final int PACKETS_MAX = 65_536;
    private static final int AT_ONCE = 64;

    private Line line = new Line();
    private long latencyNanos;
    private long bytesPerSecond;

    /** When the line has taken the latest packet, and the part of a nanosecond beyond it. */
    private long takenNanos = Long.MIN_VALUE;

    private long remainder;

    /**
     * Whether packets have waited ever since the latest one: then the next begins where it ended.
     */
    private boolean backToBack;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    private Task task;

    @SuppressWarnings("NullAway.Init")
    private Timer timer;

    @SuppressWarnings("NullAway.Init")
    private Signal nonEmpty;

    @SuppressWarnings("NullAway.Init")
    private DropCounter lineReset;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        latencyNanos = arguments.required("LATENCY", LinkUnqueue::latency);
        bytesPerSecond = arguments.required("BANDWIDTH", LinkUnqueue::bandwidth);
    }

    private static long latency(String text) {
        long nanos = ArgumentTypes.nanos(text);
        if (nanos > HOUR) {
            throw new IllegalArgumentException("'" + text + "' is more than an hour");
        }
        return nanos;
    }

    private static long bandwidth(String text) {
        long rate = ArgumentTypes.bytesPerSecond(text);
        if (rate == 0) {
            throw new IllegalArgumentException("a line of bandwidth 0 carries nothing");
        }
        return rate;
    }

    @Override
    protected void initialize() {
        clock = loop().clock();
        lineReset = drops("lineReset");
        task = task(this::run);
        timer = timer(this::run);
        nonEmpty = nonEmpty(0, task);
        task.reschedule();
    }

    private boolean run() {
        long now = clock.nowNanos();
        int given = release(now);
        int taken = take(now);
        flushOutputs();
        sleepOrGoOn(now);
        return given + taken > 0;
    }

    private int release(long now) {
        int given = 0;
        while (!line.isEmpty() && line.firstNanos() <= now) {
            Packet packet = line.removeFirst();
            packet.timestampNanos(clock.epochNanos());
            output(0).add(packet);
            given++;
        }
        return given;
    }

    private boolean hasRoom() {
        return line.size() < PACKETS_MAX && !loop().packets().isFull();
    }

    private int take(long now) {
        int taken = 0;
        while (takenNanos <= now && taken < AT_ONCE && hasRoom()) {
            Packet packet = input(0).pull();
            if (packet == null) {
                backToBack = false;
                break;
            }
            if (!backToBack) {
                takenNanos = now;
                remainder = 0;
            }
            backToBack = true;
            long bytes =
                    packet.length()
                            + packet.annotation(
                                    Annotation.EXTRA_LENGTH.at(), Annotation.EXTRA_LENGTH.size());
            // At most 2^32 + 2^17 bytes, so that the product is a long.
            long parts = bytes * SECOND;
            remainder += parts % bytesPerSecond;
            takenNanos += parts / bytesPerSecond;
            if (remainder >= bytesPerSecond) {
                remainder -= bytesPerSecond;
                takenNanos++;
            }
            line.add(packet, takenNanos + latencyNanos);
            taken++;
        }
        return taken;
    }

    private void sleepOrGoOn(long now) {
        boolean waiting = nonEmpty.isActive();
        if (takenNanos > now) {
            backToBack = waiting;
        } else if (waiting && hasRoom()) {
            task.reschedule();
        }
        long next = line.isEmpty() ? Long.MAX_VALUE : line.firstNanos();
        if (waiting && takenNanos > now) {
            next = Math.min(next, takenNanos);
        }
        if (next != Long.MAX_VALUE) {
            timer.at(next);
        } else {
            timer.cancel();
        }
    }

    @Override
    public int stored() {
        return line.size();
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("latency", () -> Quantity.ofNanos(latencyNanos));
        handlers.read("bandwidth", () -> bytesPerSecond + "Bps");
        handlers.read("size", () -> line.size());
        handlers.write(
                "reset",
                value -> {
                    while (!line.isEmpty()) {
                        lineReset.drop(line.removeFirst());
                    }
                    takenNanos = Long.MIN_VALUE;
                    backToBack = false;
                    task.reschedule();
                });
        handlers.task(task);
    }

    @Override
    protected void takeState(Element old) {
        LinkUnqueue other = (LinkUnqueue) old;
        line = other.line;
        takenNanos = other.takenNanos;
        remainder = other.remainder;
        backToBack = other.backToBack;
        other.line = new Line();
        task.reschedule();
    }

    @Override
    protected void close() {
        while (!line.isEmpty()) {
            line.removeFirst().kill();
        }
    }
}
