package vini.forwarder.elements.device;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.Handlers;
import vini.forwarder.Loop;
import vini.forwarder.Packet;
import vini.forwarder.Signal;
import vini.forwarder.Task;
import vini.forwarder.io.Errno;
import vini.forwarder.io.Libc;
import vini.time.Timer;

import java.io.IOException;

/**
 * An element that writes what it gets to a descriptor, and emits what it reads from one.
 *
 * <p>A pull input gives as much as the descriptor takes: a packet that finds no room waits here.
 * What is pushed while there is no room is dropped.
 */
abstract class DescriptorElement extends Element {
    static final int CLOSED = -1;

    /** What {@link #write} returns when it wrote a part: the packet has the rest. */
    static final long PARTLY = -Errno.EAGAIN;

    /** After this many packets the other descriptors of the loop get their turn. */
    static final int ROUND = 2 * Batch.CAPACITY;

    private static final long BACKOFF_NANOS_MIN = 100_000;
    private static final long BACKOFF_NANOS_MAX = 10_000_000;

    final Counter count = counter();
    private Counter sent = new Counter();
    private Counter delivered = new Counter();
    private long backoffNanos = BACKOFF_NANOS_MIN;

    /** A packet that the descriptor had no room for, or of which it took a part. */
    private @Nullable Packet waiting;

    /** None where nothing is pulled. */
    private @Nullable Task task;

    private @Nullable Signal nonEmpty;
    private Loop.@Nullable Io io;

    @SuppressWarnings("NullAway.Init") // the following are set by initialize
    private Timer again;

    @SuppressWarnings("NullAway.Init")
    private DropCounter full;

    @SuppressWarnings("NullAway.Init")
    private DropCounter failed;

    /** How many packets are pulled at a time. */
    int burst() {
        return ROUND;
    }

    /**
     * Writes a packet.
     *
     * @return the bytes written, or {@code -errno}; {@code -EAGAIN} and {@code -ENOBUFS}: there is
     *     no room now
     */
    abstract long write(Packet packet);

    /** Makes the counters, and checks what only a whole graph can tell. */
    void prepare() throws ConfigException {}

    /** Opens what is to be opened, by the loop's I/O. */
    abstract void open(Loop.Io io) throws IOException;

    /** Whether anything is open. */
    abstract boolean isOpen();

    /**
     * What it opens, and where: an element that replaces it and wants the same takes over what is
     * open, with all that waits in it, instead of opening it again.
     */
    abstract Object place();

    /** Learns what open would have told, from an element that still runs and is left as it is. */
    void learn(DescriptorElement before) {}

    /** Takes over what is open, of an element of the same class, and watches it from now on. */
    abstract void adopt(DescriptorElement before, Loop.Io io);

    @Override
    protected final void initialize() throws ConfigException {
        sent = sent();
        delivered = delivered();
        full = drops("noRoom");
        failed = drops("notSent");
        again = timer(this::retry);
        io = loop().io();
        prepare();
        if (io == null) {
            throw new ConfigException(
                    "it needs a device or a socket, which the virtual world has not");
        }
        DescriptorElement before = predecessor(DescriptorElement.class);
        if (before != null && goesOn(before)) {
            learn(before);
        } else {
            try {
                open(io);
            } catch (IOException e) {
                throw new ConfigException(String.valueOf(e.getMessage()));
            }
        }
        if (inputs() > 0 && isPull(0)) {
            Task pulls = task(this::run);
            task = pulls;
            nonEmpty = nonEmpty(0, pulls);
            pulls.reschedule();
        }
    }

    private boolean goesOn(DescriptorElement before) {
        return before.isOpen() && before.place().equals(place());
    }

    @Override
    protected final void takeState(Element old) {
        DescriptorElement before = (DescriptorElement) old;
        if (io != null && goesOn(before)) {
            adopt(before, io);
            waiting = before.waiting;
            before.waiting = null;
            if (waiting != null) {
                again.after(backoffNanos);
            }
        }
    }

    private boolean run() {
        int taken = 0;
        while (waiting == null && taken < burst()) {
            Packet packet = input(0).pull();
            if (packet == null) {
                break;
            }
            taken++;
            attempt(packet);
        }
        flushOutputs();
        if (task != null && waiting == null && nonEmpty != null && nonEmpty.isActive()) {
            task.reschedule();
        }
        return taken > 0;
    }

    @Override
    public void push(int port, Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = batch.get(i);
            if (waiting != null) {
                full.drop(packet);
            } else {
                attempt(packet);
            }
        }
        batch.recycle();
        flushOutputs();
    }

    /** Writes it, or lets it wait. */
    private void attempt(Packet packet) {
        int length = packet.length();
        long result = write(packet);
        if (result >= 0) {
            backoffNanos = BACKOFF_NANOS_MIN;
            done(packet);
        } else if (result != -Errno.EAGAIN && result != -Errno.ENOBUFS) {
            failed(packet, failed);
        } else if (task != null || packet.length() < length) {
            waiting = packet;
            again.after(backoffNanos);
            backoffNanos = Math.min(BACKOFF_NANOS_MAX, backoffNanos * 2);
        } else {
            failed(packet, full);
        }
    }

    private void retry() {
        Packet packet = waiting;
        waiting = null;
        if (packet != null) {
            attempt(packet);
        }
        flushOutputs();
        if (task != null && waiting == null) {
            task.reschedule();
        }
    }

    /** Forgets a packet that waits for a connection that has ended. */
    final void forgetWaiting() {
        if (waiting != null) {
            failed(waiting, failed);
            waiting = null;
            again.cancel();
            if (task != null) {
                task.reschedule();
            }
        }
    }

    /** A packet was written; whole. */
    void done(Packet packet) {
        delivered.increment();
        packet.kill();
    }

    /** A packet cannot be written. */
    void failed(Packet packet, DropCounter reason) {
        reason.drop(packet);
    }

    /** A packet that was read, cut to its length, for an output; it begins its life here. */
    final void emit(int output, Packet packet) {
        sent.increment();
        output(output).add(packet);
    }

    /** A packet that was read and goes no further. */
    final void refuse(Packet packet, DropCounter reason) {
        sent.increment();
        reason.drop(packet);
    }

    /** Sets the time of a packet that has just been read. */
    final void stamp(Packet packet, long kernelNanos) {
        packet.timestampNanos(kernelNanos != 0 ? kernelNanos : loop().clock().epochNanos());
    }

    /** Closes a descriptor, if it is open. */
    final void close(int descriptor) {
        if (descriptor != CLOSED) {
            try {
                Libc.close(descriptor);
            } catch (IOException e) {
                throw new IllegalStateException("closing a descriptor of " + name(), e);
            }
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
        if (task != null) {
            handlers.task(task);
        }
    }
}
