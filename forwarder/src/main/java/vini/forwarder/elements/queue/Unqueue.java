package vini.forwarder.elements.queue;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.forwarder.Signal;
import vini.forwarder.Task;

/**
 * Pulls packets as fast as it can, BURST (default 1) at a time, and pushes them. While there is
 * nothing to pull it sleeps. BURST below 0 pulls all that there is, and 0 nothing. With ACTIVE
 * false it does nothing until it is told to; after LIMIT packets it stops (default -1; 0 or less is
 * no limit).
 *
 * <pre>{@code
 * ... -> Queue -> Unqueue -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code count} (read), {@code active}, {@code burst}, {@code limit} (read, write),
 * {@code reset} (write).
 */
@AutoService(Element.class)
@ElementClass(name = "Unqueue", processing = "l/h", partialChecksums = PartialChecksums.PASSED)
public final class Unqueue extends Element {
    /** A run ends after so many packets even if all are asked for, so that others have a turn. */
    private static final int AT_ONCE = 1024;

    private final Counter count = counter();
    private long burst;
    private long limit;
    private boolean active;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private Task task;

    @SuppressWarnings("NullAway.Init")
    private Signal nonEmpty;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        burst = arguments.optional("BURST", ArgumentTypes::integer, 1L);
        active = arguments.keyword("ACTIVE", ArgumentTypes::bool, true);
        limit = arguments.keyword("LIMIT", ArgumentTypes::integer, -1L);
    }

    /** How many packets a turn may pull. */
    private int most() {
        return burst < 0 || burst > AT_ONCE ? AT_ONCE : (int) burst;
    }

    private boolean hasLimitLeft() {
        return limit <= 0 || count.value() < limit;
    }

    @Override
    protected void initialize() {
        task = task(this::run);
        nonEmpty = nonEmpty(0, task);
        wake();
    }

    private void wake() {
        if (active) {
            task.reschedule();
        }
    }

    private boolean run() {
        if (!active) {
            return false;
        }
        int taken = 0;
        while (taken < most() && hasLimitLeft()) {
            Packet packet = input(0).pull();
            if (packet == null) {
                break;
            }
            count.increment();
            output(0).add(packet);
            taken++;
        }
        flushOutputs();
        if (nonEmpty.isActive() && burst != 0 && hasLimitLeft()) {
            task.reschedule();
        }
        return taken > 0;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("count", count::value);
        handlers.read("active", () -> active).read("burst", () -> burst).read("limit", () -> limit);
        handlers.write(
                "active",
                value -> {
                    active = ArgumentTypes.bool(value);
                    wake();
                });
        handlers.write(
                "burst",
                value -> {
                    burst = ArgumentTypes.integer(value);
                    wake();
                });
        handlers.write(
                "limit",
                value -> {
                    limit = ArgumentTypes.integer(value);
                    wake();
                });
        handlers.write(
                "reset",
                value -> {
                    count.reset();
                    wake();
                });
        handlers.task(task);
    }
}
