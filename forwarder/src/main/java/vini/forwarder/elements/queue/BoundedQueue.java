package vini.forwarder.elements.queue;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.Handlers;
import vini.forwarder.Notifier;
import vini.forwarder.Packet;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The queue behind all queue elements: a bounded store between a push and a pull path. They differ
 * in what happens to a packet for which there is no room, and in whether who pushes is told.
 */
abstract class BoundedQueue extends Element implements Storage {
    /** Whom a queue tells: who pulls from it always, and some queues also who pushes into it. */
    enum Tells {
        THAT_IT_IS_EMPTY,
        THAT_IT_IS_EMPTY_OR_FULL
    }

    private static final int CAPACITY_MAX = 1_000_000;

    private final Deque<Packet> packets = new ArrayDeque<>();
    private final Notifier notEmpty = new Notifier(false);
    private final Notifier notFull = new Notifier(true);
    private final Tells tells;
    private int capacity;
    private int highWater;
    private long dropsBefore;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter queueFull;

    @SuppressWarnings("NullAway.Init")
    private DropCounter queueReset;

    /** Counts what overflows to output 1, too. */
    private long overflows;

    BoundedQueue(Tells tells) {
        this.tells = tells;
    }

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        capacity = arguments.optional("CAPACITY", ArgumentTypes.integer(0, CAPACITY_MAX), 1000);
    }

    @Override
    protected void initialize() {
        queueFull = drops("queueFull");
        queueReset = drops("queueReset");
    }

    @Override
    public void push(int port, Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            boolean room = packets.size() < capacity && !loop().packets().isFull();
            store(port, batch.get(i), room, packets);
        }
        batch.recycle();
        highWater = Math.max(highWater, packets.size());
        tell();
        flushOutputs();
    }

    /**
     * Puts a packet into the queue, or {@link #overflow}s it or another.
     *
     * @param room whether there is room for one more
     */
    void store(int port, Packet packet, boolean room, Deque<Packet> queue) {
        if (room) {
            queue.addLast(packet);
        } else {
            overflow(packet);
        }
    }

    /** Gets rid of a packet for which there is no room. */
    final void overflow(Packet packet) {
        overflows++;
        addOrDrop(1, packet, queueFull);
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
    protected @Nullable Notifier emptyNotifier(int output) {
        return output == 0 ? notEmpty : null;
    }

    @Override
    protected @Nullable Notifier fullNotifier(int input) {
        return tells == Tells.THAT_IT_IS_EMPTY_OR_FULL ? notFull : null;
    }

    @Override
    public final int stored() {
        return packets.size();
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("length", packets::size).read("highwater_length", () -> highWater);
        handlers.read("capacity", () -> capacity);
        handlers.read("drops", () -> overflows + queueReset.value() - dropsBefore);
        handlers.write(
                "capacity",
                value -> {
                    capacity(value);
                    // As in Click: the configuration says what holds now.
                    handlers.read("config", () -> "CAPACITY " + capacity);
                });
        handlers.write(
                "reset_counts",
                value -> {
                    highWater = packets.size();
                    dropsBefore = overflows + queueReset.value();
                });
        handlers.write(
                "reset",
                value -> {
                    packets.forEach(queueReset::drop);
                    packets.clear();
                    tell();
                });
    }

    /** What has no room in a queue that shrinks is dropped, the latest first. */
    private void capacity(String value) {
        capacity = ArgumentTypes.integer(0, CAPACITY_MAX).apply(value);
        while (packets.size() > capacity) {
            overflow(packets.removeLast());
        }
        tell();
        flushOutputs();
    }

    /** What does not fit into the new queue is dropped there. */
    @Override
    protected void takeState(Element old) {
        BoundedQueue other = (BoundedQueue) old;
        while (!other.packets.isEmpty()) {
            Packet packet = other.packets.remove();
            if (packets.size() < capacity) {
                packets.add(packet);
            } else {
                overflow(packet);
            }
        }
        highWater = Math.max(other.highWater, packets.size());
        overflows += other.overflows;
        dropsBefore = other.dropsBefore;
        tell();
    }

    @Override
    protected void close() {
        packets.forEach(Packet::kill);
        packets.clear();
    }
}
