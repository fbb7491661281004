package vini.forwarder;

import org.jspecify.annotations.Nullable;

/**
 * Up to {@link #CAPACITY} packets on their way along one push edge, in order. Whoever gets a batch
 * owns it and its packets: it passes the batch on, or empties it and calls {@link #recycle}.
 */
public final class Batch {
    /** Large enough to hide the cost of a call, small enough to stay in the first-level cache. */
    public static final int CAPACITY = 64;

    private final PacketPool pool;
    private final @Nullable Packet[] packets = new @Nullable Packet[CAPACITY];
    private int size;

    @Nullable Batch nextFree;
    boolean inPool;

    Batch(PacketPool pool) {
        this.pool = pool;
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public boolean isFull() {
        return size == CAPACITY;
    }

    @SuppressWarnings("NullAway") // slots below size are never null
    public Packet get(int index) {
        return packets[index];
    }

    /** Puts a packet into a slot below {@link #size}, when an element replaces or compacts. */
    public void set(int index, Packet packet) {
        // It mostly is there already, and a reference costs more to write than to compare.
        if (packets[index] != packet) {
            packets[index] = packet;
        }
    }

    /** Appends a packet; the batch must not be full. */
    public void add(Packet packet) {
        packets[size++] = packet;
    }

    /** Forgets the packets from {@code newSize} on, which the caller has taken over. */
    public void truncate(int newSize) {
        size = newSize;
    }

    /** Gives the batch back, forgetting its packets, which the caller has taken over. */
    public void recycle() {
        size = 0;
        pool.release(this);
    }

    /** Kills all packets and gives the batch back. */
    public void kill() {
        for (int i = 0; i < size; i++) {
            get(i).kill();
        }
        recycle();
    }
}
