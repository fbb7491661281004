package vini.forwarder.elements.queue;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.forwarder.Signal;
import vini.forwarder.Task;
import vini.time.Timer;

/**
 * Pulls packets, and pushes each when its timestamp is DELAY old (seconds or with a unit), or at
 * once if it is older or has none. The packet leaves with the time of that as its timestamp. It
 * holds one packet at a time, so that packets keep their order; the others wait in the queue before
 * it.
 *
 * <pre>{@code
 * ... -> SetTimestamp -> Queue -> DelayUnqueue(20ms) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code delay} (read, write).
 */
@AutoService(Element.class)
@ElementClass(name = "DelayUnqueue", processing = "l/h")
public final class DelayUnqueue extends Element implements Storage {
    private static final int AT_ONCE = 64;

    private final Delay delay = new Delay();
    private @Nullable Packet held;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private Task task;

    @SuppressWarnings("NullAway.Init")
    private Timer timer;

    @SuppressWarnings("NullAway.Init")
    private Signal nonEmpty;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        delay.configure(arguments);
    }

    @Override
    protected void initialize() {
        task = task(this::run);
        timer = timer(task::reschedule);
        nonEmpty = nonEmpty(0, task);
        task.reschedule();
    }

    private boolean run() {
        int given = 0;
        while (given < AT_ONCE) {
            Packet packet = held != null ? held : input(0).pull();
            held = packet;
            if (packet == null) {
                break;
            }
            long left = delay.left(packet, loop().clock());
            if (left > 0) {
                timer.after(left);
                break;
            }
            held = null;
            packet.timestampNanos(loop().clock().epochNanos());
            output(0).add(packet);
            given++;
        }
        flushOutputs();
        if (held == null && nonEmpty.isActive()) {
            task.reschedule();
        }
        return given > 0;
    }

    @Override
    public int stored() {
        return held == null ? 0 : 1;
    }

    @Override
    protected void handlers(Handlers handlers) {
        delay.handlers(handlers, task::reschedule);
        handlers.task(task);
    }

    @Override
    protected void takeState(Element old) {
        DelayUnqueue other = (DelayUnqueue) old;
        if (held == null) {
            held = other.held;
            other.held = null;
        }
        task.reschedule();
    }

    @Override
    protected void close() {
        if (held != null) {
            held.kill();
            held = null;
        }
    }
}
