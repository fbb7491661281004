package vini.forwarder.elements.source;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.Element;
import vini.forwarder.Handlers;
import vini.forwarder.Notifier;
import vini.forwarder.Packet;
import vini.forwarder.Signal;
import vini.forwarder.Task;

/** A source that makes packets as fast as they are taken: LIMIT, BURST, ACTIVE, STOP, END_CALL. */
abstract class BurstSource extends Element {
    private static final int BURST_MAX = 1 << 20;

    private final Counter count = counter();
    private final Notifier more = new Notifier(true);
    private Counter sent = new Counter();
    private Ending ending = Ending.NOTHING;
    private long limit;
    private int burst;
    private boolean timestamp = true;
    private boolean active;

    /** None where packets are pulled. */
    private @Nullable Task task;

    private @Nullable Signal nonFull;

    /** A packet of what this source makes. */
    abstract Packet make();

    /** Reads the positional arguments that follow the contents, and what is always by keyword. */
    final void configureBursts(Arguments arguments) throws ConfigException {
        limit = arguments.optional("LIMIT", ArgumentTypes::integer, -1L);
        burst = arguments.optional("BURST", ArgumentTypes.integer(1, BURST_MAX), 1);
        active = arguments.optional("ACTIVE", ArgumentTypes::bool, true);
        timestamp = arguments.keyword("TIMESTAMP", ArgumentTypes::bool, true);
        ending = Ending.read(arguments);
    }

    @Override
    protected void initialize() throws ConfigException {
        sent = sent();
        if (isPush(0)) {
            Task pushes = task(this::run);
            task = pushes;
            nonFull = nonFull(0, pushes);
        }
        wake();
    }

    private void wake() {
        boolean goesOn = active && !isOver();
        more.set(goesOn);
        if (task != null && goesOn) {
            task.reschedule();
        }
    }

    private boolean isOver() {
        return limit >= 0 && count.value() >= limit;
    }

    private boolean run() {
        int made = 0;
        while (made < burst && active && !isOver() && hasRoom()) {
            output(0).push(next());
            made++;
        }
        if (isOver()) {
            over(made > 0);
        } else if (task != null && active && hasRoom()) {
            task.reschedule();
        }
        return made > 0;
    }

    private boolean hasRoom() {
        return nonFull != null && nonFull.isActive();
    }

    private void over(boolean justNow) {
        more.set(false);
        if (justNow) {
            ending.happen(graph(), name());
        }
    }

    @Override
    public @Nullable Packet pull(int port) {
        if (!active || isOver()) {
            return null;
        }
        Packet packet = next();
        if (isOver()) {
            over(true);
        }
        return packet;
    }

    @Override
    protected Notifier emptyNotifier(int output) {
        return more;
    }

    private Packet next() {
        Packet packet = make();
        if (timestamp) {
            packet.timestampNanos(loop().clock().epochNanos());
        }
        count.increment();
        sent.increment();
        return packet;
    }

    @Override
    protected void takeState(Element old) {
        wake();
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("count", count::value);
        handlers.read("limit", () -> limit).read("burst", () -> burst);
        handlers.read("active", () -> active);
        handlers.write("burst", value -> burst = ArgumentTypes.integer(1, BURST_MAX).apply(value));
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
