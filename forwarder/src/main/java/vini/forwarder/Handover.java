package vini.forwarder;

import org.jctools.queues.varhandle.SpscGrowableVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

import java.lang.invoke.VarHandle;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The way of packets from one loop to another: a bounded queue between one that gives and one that
 * takes, each on its own loop. A packet changes its loop and its pool; nothing is copied.
 */
public final class Handover {
    /** What the queue has room for at first; a power of two, as the JCTools want it. */
    private static final int PACKETS_MIN = 32;

    private final Loop from;
    private final Loop to;
    private final Consumer<Handover> taker;
    private final Runnable room;
    private final int crowded;
    private final Queue<Packet> queue;

    /** Whether the taking loop was asked to look, and whether the giving one wants to hear. */
    private final AtomicBoolean asked = new AtomicBoolean();

    private final AtomicBoolean waits = new AtomicBoolean();
    private final Runnable looks = this::look;

    /**
     * An empty one.
     *
     * @param packets what it holds at most; a power of two, at least 64
     * @param taker is called with this on loop {@code to} when there are packets
     * @param room is called on loop {@code from} when there is room again, after {@link #hasRoom}
     *     said no
     */
    public Handover(int packets, Loop from, Loop to, Consumer<Handover> taker, Runnable room) {
        this.from = from;
        this.to = to;
        this.taker = taker;
        this.room = room;
        this.crowded = packets / 2;
        this.queue = new SpscGrowableVarHandleArrayQueue<>(PACKETS_MIN, packets);
    }

    /**
     * Gives a packet away; {@link #announce} follows after the last of several. On the giving loop.
     *
     * @return false if there is no room; the packet is still the caller's then
     */
    public boolean offer(Packet packet) {
        return queue.offer(packet);
    }

    /** Has the taker called soon, if it is not called already. */
    public void announce() {
        if (!asked.get() && !asked.getAndSet(true)) {
            to.later(looks);
        }
    }

    private void look() {
        asked.set(false);
        taker.accept(this);
    }

    /** Whether a whole burst still fits. If not, the giving loop hears when one does. */
    public boolean hasRoom() {
        if (queue.size() < crowded) {
            return true;
        }
        waits.set(true);
        // Who takes may have taken all before it could see that somebody waits.
        return queue.size() <= crowded / 2 && waits.getAndSet(false);
    }

    /** The next packet, which belongs to the taking loop now; null if there is none. */
    public @Nullable Packet poll() {
        Packet packet = queue.poll();
        if (packet != null) {
            packet.pool = to.packets();
        }
        return packet;
    }

    /** Tells who waits for room, if there is. On the taking loop, after the last of several. */
    public void taken() {
        // What was taken must be seen by who says from now on that it waits.
        VarHandle.fullFence();
        if (waits.get() && queue.size() <= crowded / 2 && waits.getAndSet(false)) {
            from.later(room);
        }
    }

    public boolean isEmpty() {
        return queue.isEmpty();
    }
}
