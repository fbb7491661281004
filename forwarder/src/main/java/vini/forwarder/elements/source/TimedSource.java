package vini.forwarder.elements.source;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.time.Timer;

/**
 * Pushes a packet of DATA every INTERVAL; the first one INTERVAL after the start.
 *
 * <ul>
 *   <li>INTERVAL: a time above 0 (default 500ms; a number without unit is seconds)
 *   <li>DATA: the bytes of each packet (default: some 70 bytes of text)
 *   <li>LIMIT: how many in all (default -1: no end)
 *   <li>STOP: whether the run ends after the last (default false)
 *   <li>END_CALL: a handler that is written after the last, {@code ELEMENT.HANDLER VALUE}
 *   <li>ACTIVE: whether it makes any before it is told to (default true)
 *   <li>HEADROOM: taken and not needed, since packets grow in front as they must
 * </ul>
 *
 * <pre>{@code
 * TimedSource(INTERVAL 0.333) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code count} (read), {@code active}, {@code data}, {@code interval} (read, write),
 * {@code reset} (write: counts and begins anew).
 */
@AutoService(Element.class)
@ElementClass(name = "TimedSource", ports = "0/1", processing = "h/h")
public final class TimedSource extends Element {
    private static final long DEFAULT_INTERVAL = 500_000_000L;
    private static final double SECOND = 1e9;

    private final PacketData data = new PacketData();
    private final Counter count = counter();
    private Counter sent = new Counter();
    private Ending ending = Ending.NOTHING;
    private long intervalNanos;
    private long limit;
    private boolean active;
    private long due;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private Timer timer;

    /** Reads a time above 0. */
    static long interval(String text) {
        long nanos = ArgumentTypes.nanos(text);
        if (nanos <= 0) {
            throw new IllegalArgumentException("'" + text + "' is not above 0");
        }
        return nanos;
    }

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        intervalNanos = arguments.optional("INTERVAL", TimedSource::interval, DEFAULT_INTERVAL);
        data.readData(arguments);
        limit = arguments.keyword("LIMIT", ArgumentTypes::integer, -1L);
        active = arguments.keyword("ACTIVE", ArgumentTypes::bool, true);
        int _ = arguments.keyword("HEADROOM", ArgumentTypes.integer(0, 1 << 16), 0);
        ending = Ending.read(arguments);
    }

    @Override
    protected void initialize() {
        sent = sent();
        timer = timer(this::tick);
        start();
    }

    private void start() {
        due = loop().clock().nowNanos();
        next();
    }

    private void next() {
        if (active && (limit < 0 || count.value() < limit)) {
            due += intervalNanos;
            timer.at(due);
        } else {
            timer.cancel();
        }
    }

    private void tick() {
        Packet packet = data.make(loop().packets());
        packet.timestampNanos(loop().clock().epochNanos());
        count.increment();
        sent.increment();
        output(0).push(packet);
        next();
        if (limit >= 0 && count.value() >= limit) {
            ending.happen(graph(), name());
        }
    }

    @Override
    protected void takeState(Element old) {
        TimedSource other = (TimedSource) old;
        if (isConfiguredAs(other)) {
            data.take(other.data);
        }
        if (limit >= 0 && count.value() >= limit) {
            timer.cancel();
        } else if (timer.isSet() && other.timer.isSet() && intervalNanos == other.intervalNanos) {
            due = other.due;
            timer.at(due);
        }
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("count", count::value).read("active", () -> active);
        handlers.read("interval", () -> Decimal.text(intervalNanos / SECOND));
        data.dataHandlers(handlers);
        handlers.write(
                "interval",
                value -> {
                    intervalNanos = interval(value);
                    start();
                });
        handlers.write(
                "active",
                value -> {
                    active = ArgumentTypes.bool(value);
                    start();
                });
        handlers.write(
                "reset",
                value -> {
                    count.reset();
                    start();
                });
    }
}
