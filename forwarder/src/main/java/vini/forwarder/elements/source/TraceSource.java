package vini.forwarder.elements.source;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.Handlers;
import vini.forwarder.Notifier;
import vini.forwarder.Packet;
import vini.forwarder.Signal;
import vini.forwarder.Task;
import vini.time.Timer;

import java.util.random.RandomGenerator;

/**
 * A source that plays a recorded trace: TIMING, STOP, END_CALL, ACTIVE, SAMPLE; pushed by a task
 * while there is room behind it, or pulled.
 */
abstract class TraceSource extends Element {
    /** The chance of a packet is a number of 28 bits, as in Click. */
    private static final int SAMPLING_BITS = 28;

    private static final int BURST = 32;

    /** After so many packets that are not wanted, others have their turn. */
    private static final int PASSED_OVER_MAX = 1024;

    final Counter count = counter();
    private final Notifier more = new Notifier(true);
    private Counter sent = new Counter();
    private Ending ending = Ending.NOTHING;
    private boolean timing;
    private boolean active;
    private boolean ended;
    private int sampling;

    /** The next packet, while it is not due. */
    private @Nullable Packet waiting;

    private boolean hasOffset;
    private long offsetNanos;

    /** None where packets are pulled. */
    private @Nullable Task task;

    private @Nullable Signal nonFull;

    @SuppressWarnings("NullAway.Init") // the following are set by initialize
    private DropCounter passedOver;

    @SuppressWarnings("NullAway.Init")
    private Timer timer;

    @SuppressWarnings("NullAway.Init")
    private RandomGenerator random;

    /** The next packet of the trace; null if there is none, or if what came next is not wanted. */
    abstract @Nullable Packet read();

    /** Whether {@link #read} will give no more, as far as can be known. */
    abstract boolean atEnd();

    /** Whether that packet may be emitted; the end of the trace may be set before it. */
    boolean isWithin(Packet packet) {
        return true;
    }

    final void configureTrace(Arguments arguments) throws ConfigException {
        ending = Ending.read(arguments);
        timing = arguments.keyword("TIMING", ArgumentTypes::bool, false);
        active = arguments.keyword("ACTIVE", ArgumentTypes::bool, true);
        double share = arguments.keyword("SAMPLE", ArgumentTypes::share, 1.0);
        sampling = (int) Math.round(share * (1 << SAMPLING_BITS));
    }

    @Override
    protected void initialize() throws ConfigException {
        sent = sent();
        passedOver = drops("passedOver");
        random = chance();
        timer = timer(this::wake);
        if (isPush(0)) {
            Task pushes = task(this::run);
            task = pushes;
            nonFull = nonFull(0, pushes);
        }
        wake();
    }

    /** Whether chance lets the next packet pass. */
    final boolean isSampled() {
        return sampling == 1 << SAMPLING_BITS
                || (random.nextInt() & (1 << SAMPLING_BITS) - 1) < sampling;
    }

    /**
     * Hears of a packet whose time has come, and owns it.
     *
     * @return the packet, for output 0; or null if it has gone elsewhere
     */
    @Nullable Packet emit(Packet packet) {
        return packet;
    }

    private void wake() {
        boolean goesOn = active && !ended;
        more.set(goesOn);
        if (task != null && goesOn) {
            task.reschedule();
        }
    }

    final void setActive(boolean on) {
        active = on;
        ended = false;
        wake();
    }

    /** Forgets how the trace's time and ours belong together. */
    final void resetTiming() {
        hasOffset = false;
        wake();
    }

    /** Gives up the packet that was read ahead; the trace goes on elsewhere. */
    final void forgetWaiting() {
        if (waiting != null) {
            passedOver.drop(waiting);
            waiting = null;
        }
    }

    /** Goes on where another, which plays the same trace, has stopped. */
    final void takeTrace(TraceSource other) {
        forgetWaiting();
        waiting = other.waiting;
        other.waiting = null;
        hasOffset = other.hasOffset;
        offsetNanos = other.offsetNanos;
        if (other.ended) {
            // It has said so already.
            ended = true;
            active = other.active;
        }
        wake();
    }

    private boolean run() {
        int emitted = 0;
        while (emitted < BURST && hasRoom()) {
            Packet packet = take();
            if (packet == null) {
                break;
            }
            output(0).push(packet);
            emitted++;
        }
        flushOutputs();
        if (task != null && active && !ended && !timer.isSet() && hasRoom()) {
            task.reschedule();
        }
        return emitted > 0;
    }

    /** With TIMING packets come when they came, whether there is room or not. */
    private boolean hasRoom() {
        return timing || (nonFull != null && nonFull.isActive());
    }

    @Override
    public @Nullable Packet pull(int port) {
        Packet packet = take();
        flushOutputs();
        return packet;
    }

    @Override
    protected Notifier emptyNotifier(int output) {
        return more;
    }

    /** A packet that is due. */
    private @Nullable Packet take() {
        if (!active || ended) {
            return null;
        }
        for (int i = 0; i < PASSED_OVER_MAX; i++) {
            Packet packet = waiting == null ? readCounted() : waiting;
            waiting = packet;
            if (packet == null) {
                if (atEnd()) {
                    end();
                    return null;
                }
                continue;
            }
            if (!isWithin(packet)) {
                end();
                return null;
            }
            if (timing && isEarly(packet)) {
                return null;
            }
            waiting = null;
            Packet emitted = emit(packet);
            if (emitted != null) {
                count.increment();
                return emitted;
            }
        }
        return null;
    }

    /** A packet that waits here for its time is in the books as one that is held. */
    private @Nullable Packet readCounted() {
        Packet packet = read();
        if (packet != null) {
            sent.increment();
        }
        return packet;
    }

    private boolean isEarly(Packet packet) {
        long now = loop().clock().nowNanos();
        if (!hasOffset) {
            hasOffset = true;
            offsetNanos = now - packet.timestampNanos();
        }
        // Times in a damaged trace may be anything; the difference of two of them does not wrap
        // around for the next 292 years.
        long wait = packet.timestampNanos() + offsetNanos - now;
        if (wait <= 0) {
            return false;
        }
        more.set(false);
        timer.after(wait);
        return true;
    }

    private void end() {
        ended = true;
        more.set(false);
        ending.happen(graph(), name());
        if (ended) {
            active = false;
        }
    }

    @Override
    protected void close() {
        if (waiting != null) {
            waiting.kill();
            waiting = null;
        }
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("active", () -> active);
        handlers.read(
                "sampling_prob", () -> Decimal.text(sampling / (double) (1 << SAMPLING_BITS)));
        handlers.write("active", value -> setActive(ArgumentTypes.bool(value)));
        handlers.write(
                "stop",
                value -> {
                    setActive(false);
                    driver().stop();
                });
        if (task != null) {
            handlers.task(task);
        }
    }
}
