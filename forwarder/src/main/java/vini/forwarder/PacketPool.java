package vini.forwarder;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;

import org.jspecify.annotations.Nullable;

/**
 * The packets and batches of one loop, kept with their buffers so that the steady state allocates
 * nothing (allocate and release of a pooled buffer costs 50-95 ns, this costs a few). Used by one
 * thread; a packet may move to the pool of another loop. It grows with the packets in flight; what
 * holds packets for long asks {@link #isFull} before it takes another, so that many long links
 * together stay within the process's memory.
 */
public final class PacketPool implements AutoCloseable {
    /** Room in front of each packet, for headers that elements prepend. */
    public static final int HEADROOM = 64;

    /** Packets up to this length live in pooled buffers; longer ones get a buffer of their own. */
    public static final int POOLED_BYTES = 2048 - HEADROOM;

    private static final int BUFFER_BYTES = HEADROOM + POOLED_BYTES;

    /** So many free packets go from pool to pool at a time. */
    static final int MAGAZINE = 256;

    /** The pool tells the others of its bytes when they have changed by so much. */
    private static final long TOLD_BYTES = 1 << 20;

    private final ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
    private final PacketMemory memory;

    /** Free packets, at most a magazine of them. */
    private @Nullable Packet free;

    private int frees;

    /**
     * A full magazine, or none: a pool at the border of one does not exchange it again and again.
     */
    private @Nullable Packet spare;

    private @Nullable Batch freeBatch;
    private long inUse;
    private long bytesUntold;
    private long batchesInUse;
    private boolean closed;

    /** A pool of its own. */
    public PacketPool() {
        this(new PacketMemory());
    }

    /** One of several pools of a process. */
    public PacketPool(PacketMemory memory) {
        this.memory = memory;
    }

    /** A packet of {@code length} unset bytes after a headroom of zeros, owned by the caller. */
    public Packet allocate(int length) {
        Packet packet;
        if (length > POOLED_BYTES) {
            packet = new Packet(this, allocator.directBuffer(HEADROOM + length), false);
        } else {
            Packet kept = free == null ? refill() : free;
            if (kept == null) {
                packet = new Packet(this, allocator.directBuffer(BUFFER_BYTES), true);
            } else {
                packet = kept;
                free = packet.nextFree;
                frees--;
                packet.nextFree = null;
                packet.pool = this;
            }
        }
        packet.reset(HEADROOM, length);
        packet.clearHeadroom(HEADROOM);
        inUse++;
        count(packet.capacity);
        return packet;
    }

    /** The first of free packets that lie elsewhere; null if there are none. */
    private @Nullable Packet refill() {
        Packet magazine = spare == null ? memory.take() : spare;
        spare = null;
        free = magazine;
        frees = magazine == null ? 0 : MAGAZINE;
        return magazine;
    }

    private void count(int bytes) {
        bytesUntold += bytes;
        if (bytesUntold > TOLD_BYTES || bytesUntold < -TOLD_BYTES) {
            memory.add(bytesUntold);
            bytesUntold = 0;
        }
    }

    /** A packet with these bytes, copied. */
    public Packet copyOf(ByteBuf bytes) {
        Packet packet = allocate(bytes.readableBytes());
        packet.buffer().setBytes(packet.start(), bytes, bytes.readerIndex(), bytes.readableBytes());
        return packet;
    }

    /** A packet that takes over one reference to {@code shared}. */
    Packet descriptor(ByteBuf shared) {
        inUse++;
        Packet packet = new Packet(this, shared, false);
        count(packet.capacity);
        packet.reset(0, 0);
        return packet;
    }

    void release(Packet packet) {
        if (packet.killed) {
            throw new IllegalStateException("a packet is killed twice");
        }
        packet.killed = true;
        inUse--;
        count(-packet.capacity);
        // A pooled buffer that someone else still reads is left to that one.
        if (!packet.pooledBuffer || packet.isShared() || closed) {
            packet.buffer().release();
            return;
        }
        if (frees == MAGAZINE) {
            if (spare != null && !memory.give(spare)) {
                free(spare);
            }
            spare = free;
            free = null;
            frees = 0;
        }
        packet.nextFree = free;
        free = packet;
        frees++;
    }

    /** An empty batch, owned by the caller. */
    public Batch batch() {
        batchesInUse++;
        Batch batch = freeBatch;
        if (batch == null) {
            return new Batch(this);
        }
        freeBatch = batch.nextFree;
        batch.nextFree = null;
        batch.inPool = false;
        return batch;
    }

    void release(Batch batch) {
        if (batch.inPool) {
            throw new IllegalStateException("a batch is recycled twice");
        }
        batch.inPool = true;
        batchesInUse--;
        batch.nextFree = freeBatch;
        freeBatch = batch;
    }

    /**
     * Packets that were allocated here less those that were killed here. The sum over all pools
     * that hand packets to each other is zero when their graphs have ended, or they leak.
     */
    public long inUse() {
        return inUse;
    }

    /**
     * Whether queues and delay lines of the process should take no more; half of the memory is left
     * to the rest.
     */
    public boolean isFull() {
        return memory.isFull(bytesUntold);
    }

    /** Batches that were handed out and not yet recycled; zero between two events. */
    public long batchesInUse() {
        return batchesInUse;
    }

    /** Frees what lies in the pool; packets still in use are freed as they are killed. */
    @Override
    public void close() {
        closed = true;
        free(free);
        free(spare);
        free = null;
        frees = 0;
        spare = null;
        // The last pool finds all; one that goes on makes new ones.
        for (Packet m = memory.take(); m != null; m = memory.take()) {
            free(m);
        }
    }

    private static void free(@Nullable Packet first) {
        for (Packet packet = first; packet != null; packet = packet.nextFree) {
            packet.buffer().release();
        }
    }
}
