package vini.forwarder.elements.source;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.time.Timer;

/**
 * Pulls one packet each INTERVAL and throws it away; the first one INTERVAL after the start.
 *
 * <p>Argument: INTERVAL, a time above 0 (default 500ms; a number without unit is seconds).
 *
 * <pre>{@code
 * ... -> Queue -> Shaper(1000) -> TimedSink(10ms);
 * }</pre>
 *
 * <p>Handlers: {@code interval} (read, write), {@code count} (read).
 */
@AutoService(Element.class)
@ElementClass(name = "TimedSink", ports = "1/0", processing = "l/l")
public final class TimedSink extends Element {
    private static final long DEFAULT_INTERVAL = 500_000_000L;
    private static final double SECOND = 1e9;

    private final Counter count = counter();
    private Counter delivered = new Counter();
    private long intervalNanos;
    private long due;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private Timer timer;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        intervalNanos = arguments.optional("INTERVAL", TimedSource::interval, DEFAULT_INTERVAL);
    }

    @Override
    protected void initialize() {
        delivered = delivered();
        timer = timer(this::tick);
        start();
    }

    private void start() {
        due = loop().clock().nowNanos() + intervalNanos;
        timer.at(due);
    }

    private void tick() {
        Packet packet = input(0).pull();
        if (packet != null) {
            count.increment();
            delivered.increment();
            packet.kill();
        }
        due += intervalNanos;
        timer.at(due);
    }

    @Override
    protected void takeState(Element old) {
        TimedSink other = (TimedSink) old;
        if (intervalNanos == other.intervalNanos) {
            due = other.due;
            timer.at(due);
        }
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("count", count::value);
        handlers.read("interval", () -> Decimal.text(intervalNanos / SECOND));
        handlers.write(
                "interval",
                value -> {
                    intervalNanos = TimedSource.interval(value);
                    start();
                });
    }
}
