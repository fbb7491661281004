package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Notifier;
import vini.forwarder.Packet;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Stores packets first in, first out, between a push and a pull path; drops what comes when
 * CAPACITY packets (default 1000) are stored. Who pulls sleeps while it is empty, and who pushes
 * may sleep while it is full.
 *
 * <pre>{@code
 * ... -> Queue(200) -> Unqueue -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code length}, {@code highwater_length}, {@code drops} (read), {@code capacity}
 * (read, write), {@code reset_counts} (write), {@code reset} (write: empties it).
 */
@AutoService(Element.class)
@ElementClass(name = "Queue", processing = "h/l")
public final class SimpleQueue extends Element {
    private static final int CAPACITY_MAX = 1_000_000;

    private final Deque<Packet> packets = new ArrayDeque<>();
    private final Notifier notEmpty = new Notifier(false);
    private final Notifier notFull = new Notifier(true);
    private int capacity;
    private int highWater;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter queueFull;

    @SuppressWarnings("NullAway.Init")
    private DropCounter queueReset;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        capacity = arguments.optional("CAPACITY", ArgumentTypes.integer(1, CAPACITY_MAX), 1000);
    }

    @Override
    protected void initialize() {
        queueFull = drops("queueFull");
        queueReset = drops("queueReset");
    }

    @Override
    public void push(int port, Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            if (packets.size() < capacity && !loop().packets().isFull()) {
                packets.add(batch.get(i));
            } else {
                queueFull.drop(batch.get(i));
            }
        }
        batch.recycle();
        highWater = Math.max(highWater, packets.size());
        tell();
    }

    @Override
    public @Nullable Packet pull(int port) {
        Packet packet = packets.poll();
        tell();
        return packet;
    }

    private void tell() {
        notEmpty.set(!packets.isEmpty());
        notFull.set(packets.size() < capacity);
    }

    @Override
    protected Notifier emptyNotifier(int output) {
        return notEmpty;
    }

    @Override
    protected Notifier fullNotifier(int input) {
        return notFull;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("length", packets::size).read("highwater_length", () -> highWater);
        handlers.read("capacity", () -> capacity).read("drops", queueFull::value);
        handlers.write(
                "capacity",
                value -> {
                    capacity = ArgumentTypes.integer(1, CAPACITY_MAX).apply(value);
                    tell();
                });
        handlers.write("reset_counts", value -> highWater = packets.size());
        handlers.write(
                "reset",
                value -> {
                    packets.forEach(queueReset::drop);
                    packets.clear();
                    tell();
                });
    }

    /** What does not fit into the new queue is dropped there. */
    @Override
    protected void takeState(Element old) {
        SimpleQueue other = (SimpleQueue) old;
        while (!other.packets.isEmpty()) {
            Packet packet = other.packets.remove();
            if (packets.size() < capacity) {
                packets.add(packet);
            } else {
                queueFull.drop(packet);
            }
        }
        highWater = Math.max(other.highWater, packets.size());
        tell();
    }

    @Override
    protected void close() {
        packets.forEach(Packet::kill);
        packets.clear();
    }
}
