package vini.forwarder.elements.queue;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.forwarder.Signal;
import vini.forwarder.Task;
import vini.net.Quantity;
import vini.time.Timer;

/** What TimedUnqueue and Burster are: pulls some packets, and then waits for an interval. */
abstract class IntervalPuller extends Element {
    private static final long INTERVAL_MAX = 86_400_000_000_000L;

    private final int usualBurst;
    private long intervalNanos;
    private int burst;

    /** When it may pull again. */
    private long nextNanos = Long.MIN_VALUE;

    /** Whether packets wait for that time: then a timer that fires late shifts nothing. */
    private boolean awaited;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private Task task;

    @SuppressWarnings("NullAway.Init")
    private Timer timer;

    @SuppressWarnings("NullAway.Init")
    private Signal nonEmpty;

    IntervalPuller(int usualBurst) {
        this.usualBurst = usualBurst;
    }

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        intervalNanos = arguments.required("INTERVAL", IntervalPuller::interval);
        burst = arguments.optional("BURST", ArgumentTypes.integer(1, 1 << 16), usualBurst);
    }

    private static long interval(String text) {
        long nanos = ArgumentTypes.nanos(text);
        if (nanos < 1 || nanos > INTERVAL_MAX) {
            throw new IllegalArgumentException("'" + text + "' is outside 1ns to 1d");
        }
        return nanos;
    }

    @Override
    protected void initialize() {
        task = task(this::run);
        timer = timer(task::reschedule);
        nonEmpty = nonEmpty(0, task);
        task.reschedule();
    }

    private boolean run() {
        long now = loop().clock().nowNanos();
        if (now < nextNanos) {
            awaited = true;
            timer.at(nextNanos);
            return false;
        }
        int taken = 0;
        while (taken < burst) {
            Packet packet = input(0).pull();
            if (packet == null) {
                break;
            }
            output(0).add(packet);
            taken++;
        }
        flushOutputs();
        if (taken > 0 || nonEmpty.isActive()) {
            nextNanos = (awaited ? nextNanos : now) + intervalNanos;
        }
        awaited = nonEmpty.isActive();
        if (awaited) {
            timer.at(nextNanos);
        }
        return taken > 0;
    }

    @Override
    protected void takeState(Element old) {
        IntervalPuller other = (IntervalPuller) old;
        long now = loop().clock().nowNanos();
        nextNanos = Math.min(other.nextNanos, now + intervalNanos);
        awaited = other.awaited;
        task.reschedule();
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("interval", () -> Quantity.ofNanos(intervalNanos));
        handlers.read("burst", () -> burst);
        handlers.task(task);
    }
}
