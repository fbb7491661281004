package vini.forwarder;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;

import org.jspecify.annotations.Nullable;

/**
 * The packets and batches of one loop, kept with their buffers so that the steady state allocates
 * nothing (allocate and release of a pooled buffer costs 50-95 ns, this costs a few). Used by one
 * thread. It grows with the packets in flight; what holds packets for long asks {@link #isFull}
 * before it takes another, so that many long links together stay within the process's memory.
 */
public final class PacketPool implements AutoCloseable {
    /** Room in front of each packet, for headers that elements prepend. */
    public static final int HEADROOM = 64;

    /** Packets up to this length live in pooled buffers; longer ones get a buffer of their own. */
    public static final int POOLED_BYTES = 2048 - HEADROOM;

    /** Half of what the forwarder's JVM flags allow for direct memory. */
    private static final long BYTES_MAX = 384L << 20;

    private static final int BUFFER_BYTES = HEADROOM + POOLED_BYTES;

    private final ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
    private @Nullable Packet free;
    private @Nullable Batch freeBatch;
    private long inUse;
    private long bytesInUse;
    private long batchesInUse;
    private boolean closed;

    /** A packet of {@code length} unset bytes after a headroom of zeros, owned by the caller. */
    public Packet allocate(int length) {
        Packet packet;
        if (length > POOLED_BYTES) {
            packet = new Packet(this, allocator.directBuffer(HEADROOM + length), false);
        } else if (free != null) {
            packet = free;
            free = packet.nextFree;
            packet.nextFree = null;
        } else {
            packet = new Packet(this, allocator.directBuffer(BUFFER_BYTES), true);
        }
        packet.reset(HEADROOM, length);
        packet.clearHeadroom(HEADROOM);
        inUse++;
        bytesInUse += packet.capacity;
        return packet;
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
        bytesInUse += packet.capacity;
        packet.reset(0, 0);
        return packet;
    }

    void release(Packet packet) {
        if (packet.killed) {
            throw new IllegalStateException("a packet is killed twice");
        }
        packet.killed = true;
        inUse--;
        bytesInUse -= packet.capacity;
        // A pooled buffer that someone else still reads is left to that one.
        if (!packet.pooledBuffer || packet.isShared() || closed) {
            packet.buffer().release();
            return;
        }
        packet.nextFree = free;
        free = packet;
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

    /** Packets that were allocated and not yet killed: zero when a graph has ended, or it leaks. */
    public long inUse() {
        return inUse;
    }

    /**
     * Whether queues and delay lines should take no more; half of the memory is left to the rest.
     */
    public boolean isFull() {
        return bytesInUse > BYTES_MAX;
    }

    /** Batches that were handed out and not yet recycled; zero between two events. */
    public long batchesInUse() {
        return batchesInUse;
    }

    /** Frees what lies in the pool; packets still in use are freed as they are killed. */
    @Override
    public void close() {
        closed = true;
        while (free != null) {
            free.buffer().release();
            free = free.nextFree;
        }
    }
}
