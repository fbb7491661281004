package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Stores packets first in, first out, between a push and a pull path; drops what comes when
 * CAPACITY packets (default 1000) are stored.
 *
 * <pre>{@code
 * ... -> Queue(200) -> Unqueue -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code length}, {@code highwater_length}, {@code capacity}, {@code drops} (read),
 * {@code reset} (write: empties it).
 */
@AutoService(Element.class)
@ElementClass(name = "Queue", processing = "h/l")
public final class SimpleQueue extends Element {
    private static final int CAPACITY_MAX = 1_000_000;

    private final Deque<Packet> packets = new ArrayDeque<>();
    private int capacity;
    private int highWater;
    private @Nullable Runnable sleeper;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter queueFull;

    @SuppressWarnings("NullAway.Init")
    private DropCounter queueReset;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        capacity = arguments.optional("CAPACITY", Integer::valueOf, 1000);
        if (capacity < 1 || capacity > CAPACITY_MAX) {
            throw new ConfigException("CAPACITY " + capacity + " is outside 1-" + CAPACITY_MAX);
        }
    }

    @Override
    protected void initialize() {
        queueFull = drops("queueFull");
        queueReset = drops("queueReset");
    }

    @Override
    public void push(int port, Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            if (packets.size() < capacity) {
                packets.add(batch.get(i));
            } else {
                queueFull.drop(batch.get(i));
            }
        }
        batch.recycle();
        highWater = Math.max(highWater, packets.size());
        Runnable wake = sleeper;
        if (wake != null) {
            sleeper = null;
            wake.run();
        }
    }

    @Override
    public @Nullable Packet pull(int port) {
        return packets.poll();
    }

    /** Calls {@code wake} once, when a packet has come; for who found the queue empty. */
    void sleep(Runnable wake) {
        sleeper = wake;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("length", packets::size).read("highwater_length", () -> highWater);
        handlers.read("capacity", () -> capacity).read("drops", () -> queueFull.value());
        handlers.write(
                "reset",
                value -> {
                    packets.forEach(queueReset::drop);
                    packets.clear();
                });
    }

    @Override
    protected void close() {
        packets.forEach(Packet::kill);
        packets.clear();
    }
}
