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
import vini.forwarder.Signal;
import vini.forwarder.Task;

import java.nio.charset.StandardCharsets;

/**
 * Makes packets of DATA, as fast as they are taken: LIMIT of them in all (default -1: no end),
 * BURST at a time (default 1). While nobody has room for them it sleeps. LENGTH cuts DATA off or
 * repeats it; with TIMESTAMP (default true) each packet bears the time at which it was made; with
 * ACTIVE false none is made until told; with STOP the run ends after the last.
 *
 * <pre>{@code
 * InfiniteSource("ping", LIMIT 1000, STOP true) -> Queue -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code count} (read), {@code active}, {@code burst}, {@code data}, {@code length},
 * {@code limit} (read, write), {@code reset} (write: counts and begins anew).
 */
@AutoService(Element.class)
@ElementClass(name = "InfiniteSource", ports = "0/1", processing = "a/a")
public final class InfiniteSource extends Element {
    private static final String DEFAULT_DATA =
            "A packet of an InfiniteSource that was told nothing else; 64 bytes";

    private final Counter count = new Counter();
    private final Notifier more = new Notifier(true);
    private Counter sent = new Counter();
    private byte[] data = {};
    private int length;
    private long limit;
    private int burst;
    private boolean timestamp;
    private boolean active;
    private boolean stop;

    /** None where packets are pulled. */
    private @Nullable Task task;

    private @Nullable Signal nonFull;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        data = arguments.optional("DATA", ArgumentTypes::data, bytes(DEFAULT_DATA));
        limit = arguments.optional("LIMIT", ArgumentTypes::integer, -1L);
        burst = arguments.optional("BURST", ArgumentTypes.integer(1, 1 << 20), 1);
        active = arguments.optional("ACTIVE", ArgumentTypes::bool, true);
        length = arguments.keyword("LENGTH", ArgumentTypes.integer(-1, 1 << 16), -1);
        timestamp = arguments.keyword("TIMESTAMP", ArgumentTypes::bool, true);
        stop = arguments.keyword("STOP", ArgumentTypes::bool, false);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    protected void initialize() {
        sent = sent();
        if (isPush(0)) {
            Task pushes = task(this::run);
            task = pushes;
            nonFull = nonFull(0, pushes);
        }
        wake();
    }

    private void wake() {
        more.set(active && !isOver());
        if (task != null && active && !isOver()) {
            task.reschedule();
        }
    }

    private boolean isOver() {
        return limit >= 0 && count.value() >= limit;
    }

    private boolean run() {
        int made = 0;
        while (made < burst && active && !isOver() && nonFull != null && nonFull.isActive()) {
            output(0).push(make());
            made++;
        }
        if (isOver()) {
            over();
        } else if (task != null && active && nonFull != null && nonFull.isActive()) {
            task.reschedule();
        }
        return made > 0;
    }

    private void over() {
        more.set(false);
        if (stop) {
            driver().stop();
        }
    }

    @Override
    public @Nullable Packet pull(int port) {
        if (!active || isOver()) {
            return null;
        }
        Packet packet = make();
        if (isOver()) {
            over();
        }
        return packet;
    }

    @Override
    protected Notifier emptyNotifier(int output) {
        return more;
    }

    private Packet make() {
        int size = length < 0 ? data.length : length;
        Packet packet = loop().packets().allocate(size);
        for (int at = 0; at < size; at += Math.max(1, data.length)) {
            int part = Math.min(data.length, size - at);
            packet.buffer().setBytes(packet.start() + at, data, 0, part);
        }
        if (timestamp) {
            packet.timestampNanos(loop().clock().epochNanos());
        }
        count.increment();
        sent.increment();
        return packet;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("count", count::value);
        handlers.read("data", () -> new String(data, StandardCharsets.ISO_8859_1));
        handlers.read("limit", () -> limit).read("burst", () -> burst);
        handlers.read("active", () -> active).read("length", () -> length);
        handlers.write("data", value -> data = bytes(value));
        handlers.write("length", value -> length = ArgumentTypes.integer(-1, 1 << 16).apply(value));
        handlers.write("burst", value -> burst = ArgumentTypes.integer(1, 1 << 20).apply(value));
        handlers.write(
                "limit",
                value -> {
                    limit = ArgumentTypes.integer(value);
                    wake();
                });
        handlers.write(
                "active",
                value -> {
                    active = ArgumentTypes.bool(value);
                    wake();
                });
        handlers.write(
                "reset",
                value -> {
                    count.reset();
                    wake();
                });
        if (task != null) {
            handlers.task(task);
        }
    }
}
