package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.Batch;
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
 * Throws all packets away. On a pull path it pulls whatever there is, and sleeps while there is
 * nothing.
 *
 * <p>Keywords, which mean something on a pull path only: ACTIVE, false to pull nothing (default
 * true); BURST, how many packets it pulls in one turn, 1 to 1048576 (default 1).
 *
 * <pre>{@code
 * ... -> Queue -> Discard(BURST 32);
 * }</pre>
 *
 * <p>Handlers: {@code count} (read), {@code reset_counts} (write); on a pull path also {@code
 * active} (read, write) and those of its task.
 */
@AutoService(Element.class)
@ElementClass(
        name = "Discard",
        ports = "1/0",
        processing = "a/a",
        partialChecksums = PartialChecksums.PASSED)
public final class Discard extends Element {
    private final Counter count = counter();
    private Counter delivered = new Counter();
    private boolean active;
    private int burst;

    /** None where packets are pushed. */
    private @Nullable Task task;

    private @Nullable Signal nonEmpty;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        active = arguments.keyword("ACTIVE", ArgumentTypes::bool, true);
        burst = arguments.keyword("BURST", ArgumentTypes.integer(1, 1 << 20), 1);
    }

    @Override
    protected void initialize() {
        delivered = delivered();
        if (isPull(0)) {
            task = task(this::run);
            nonEmpty = nonEmpty(0, task);
            wake();
        }
    }

    private void wake() {
        if (task != null && nonEmpty != null && active && nonEmpty.isActive()) {
            task.reschedule();
        }
    }

    private boolean run() {
        int pulled = 0;
        while (active && pulled < burst) {
            Packet packet = input(0).pull();
            if (packet == null) {
                break;
            }
            packet.kill();
            pulled++;
        }
        count.add(pulled);
        delivered.add(pulled);
        wake();
        return pulled > 0;
    }

    @Override
    public void push(int port, Batch batch) {
        count.add(batch.size());
        delivered.add(batch.size());
        batch.kill();
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("count", count::value).write("reset_counts", value -> count.reset());
        if (task != null) {
            handlers.read("active", () -> active);
            handlers.write(
                    "active",
                    value -> {
                        active = ArgumentTypes.bool(value);
                        wake();
                    });
            handlers.task(task);
        }
    }
}
