package vini.forwarder.elements.source;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Notifier;
import vini.forwarder.Packet;
import vini.time.Timer;

/**
 * Makes packets of DATA at an even rate of RATE packets a second. It pushes them, or is pulled
 * from; what nobody pulled in time is not made up for.
 *
 * <ul>
 *   <li>DATA: the bytes of each packet (default: some 70 bytes of text)
 *   <li>RATE: packets a second, 0 to 1000000000 (default 10; 0: none)
 *   <li>LIMIT: how many in all (default -1: no end)
 *   <li>ACTIVE: whether it makes any before it is told to (default true)
 *   <li>LENGTH: cuts DATA off or repeats it, in bytes, 0 to 65536 (default -1: as it is)
 *   <li>BANDWIDTH: instead of RATE, so many bytes a second ({@code 1MBps}, {@code 384kbps}) in
 *       packets of the first one's length
 *   <li>STOP: whether the run ends after the last (default false)
 *   <li>END_CALL: a handler that is written after the last, {@code ELEMENT.HANDLER VALUE}
 * </ul>
 *
 * <pre>{@code
 * RatedSource("tick", 10, 1000) -> Queue -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code count} (read), {@code active}, {@code data}, {@code length}, {@code limit},
 * {@code rate} (read, write), {@code reset} (write: counts and begins anew).
 */
@AutoService(Element.class)
@ElementClass(name = "RatedSource", ports = "0/1", processing = "a/a")
public final class RatedSource extends Element {
    private static final long SECOND = 1_000_000_000L;
    private static final int RATE_MAX = 1_000_000_000;

    /** As many as may be late are made at once before others have their turn. */
    private static final int AT_ONCE = 64;

    private final PacketData data = new PacketData();
    private final Counter count = counter();
    private final Notifier due = new Notifier(false);
    private Counter sent = new Counter();
    private Ending ending = Ending.NOTHING;
    private int rate;
    private long limit;
    private boolean active;

    /** When the rate began to hold, and how many packets were due since. */
    private long begin;

    private long made;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private Timer timer;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        data.readData(arguments);
        rate = arguments.optional("RATE", ArgumentTypes.integer(0, RATE_MAX), 10);
        limit = arguments.optional("LIMIT", ArgumentTypes::integer, -1L);
        active = arguments.optional("ACTIVE", ArgumentTypes::bool, true);
        data.readLength(arguments);
        long bandwidth = arguments.keyword("BANDWIDTH", ArgumentTypes::bytesPerSecond, -1L);
        if (bandwidth >= 0) {
            rate = (int) Math.min(RATE_MAX, bandwidth / Math.max(1, data.length()));
        }
        ending = Ending.read(arguments);
    }

    @Override
    protected void initialize() {
        sent = sent();
        timer = timer(this::tick);
        start();
    }

    /** Begins to count time anew: the next packet is due now. */
    private void start() {
        begin = loop().clock().nowNanos();
        made = 0;
        schedule();
    }

    private void schedule() {
        if (active && rate > 0 && !isOver()) {
            timer.at(dueNanos());
        } else {
            timer.cancel();
            due.set(false);
        }
    }

    /** Exact also after a long time: no rounding adds up. */
    private long dueNanos() {
        return begin + made / rate * SECOND + made % rate * SECOND / rate;
    }

    private boolean isOver() {
        return limit >= 0 && count.value() >= limit;
    }

    private void tick() {
        if (!isPush(0)) {
            due.set(true);
            return;
        }
        long now = loop().clock().nowNanos();
        for (int i = 0; i < AT_ONCE && active && !isOver() && dueNanos() <= now; i++) {
            output(0).push(next());
        }
        if (isOver()) {
            ending.happen(graph(), name());
        }
        schedule();
    }

    @Override
    public @Nullable Packet pull(int port) {
        long now = loop().clock().nowNanos();
        if (!active || rate == 0 || isOver() || dueNanos() > now) {
            return null;
        }
        Packet packet = next();
        if (dueNanos() < now) {
            // Nobody pulled for a while; what might have been is not made up for.
            begin = now;
            made = 1;
        }
        if (dueNanos() > now) {
            due.set(false);
        }
        schedule();
        if (isOver()) {
            ending.happen(graph(), name());
        }
        return packet;
    }

    @Override
    protected Notifier emptyNotifier(int output) {
        return due;
    }

    private Packet next() {
        Packet packet = data.make(loop().packets());
        packet.timestampNanos(loop().clock().epochNanos());
        count.increment();
        sent.increment();
        made++;
        return packet;
    }

    @Override
    protected void takeState(Element old) {
        RatedSource other = (RatedSource) old;
        if (isConfiguredAs(other)) {
            data.take(other.data);
        }
        if (other.active && !other.isOver() && rate == other.rate) {
            begin = other.begin;
            made = other.made;
        }
        schedule();
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("count", count::value);
        handlers.read("rate", () -> rate).read("limit", () -> limit).read("active", () -> active);
        data.dataHandlers(handlers);
        data.lengthHandlers(handlers);
        handlers.write(
                "rate",
                value -> {
                    rate = ArgumentTypes.integer(0, RATE_MAX).apply(value);
                    start();
                });
        handlers.write(
                "limit",
                value -> {
                    limit = ArgumentTypes.integer(value);
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
