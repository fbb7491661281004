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

    /** One datagram or IP packet, the longest, and a little. */
    public static final int BLOCK_BYTES = 1 << 16;

    /** So many descriptors of windows are kept. */
    private static final int WINDOWS_MAX = 2048;

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

    /** Descriptors of windows, without a buffer. */
    private @Nullable Packet freeWindow;

    private int freeWindows;
    private @Nullable Batch freeBatch;
    private long inUse;
    private long bytesInUse;
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
            packet = own(allocator.directBuffer(HEADROOM + length), Packet.Kind.OWN);
        } else {
            Packet kept = free == null ? refill() : free;
            if (kept == null) {
                packet = own(allocator.directBuffer(BUFFER_BYTES), Packet.Kind.POOLED);
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
        count(packet.buffer().capacity());
        return packet;
    }

    private Packet own(ByteBuf buffer, Packet.Kind kind) {
        Packet packet = new Packet(this, kind);
        packet.hold(buffer, 0, buffer.capacity());
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
        bytesInUse += bytes;
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

    /**
     * Memory for many packets that come by one system call, {@link #BLOCK_BYTES} unset bytes, owned
     * by the caller: {@link #window} makes packets of it.
     */
    public ByteBuf block() {
        count(BLOCK_BYTES);
        return allocator.directBuffer(BLOCK_BYTES, BLOCK_BYTES);
    }

    /** Gives up one reference to a block. */
    public void release(ByteBuf block) {
        int bytes = block.capacity();
        if (block.release()) {
            count(-bytes);
        }
    }

    /**
     * A packet of the bytes of {@code block} from {@code from} to {@code to}, which are its own; it
     * takes over one reference to the block.
     */
    public Packet window(ByteBuf block, int from, int to) {
        Packet packet = freeWindow;
        if (packet == null) {
            packet = new Packet(this, Packet.Kind.WINDOW);
        } else {
            freeWindow = packet.nextFree;
            freeWindows--;
            packet.nextFree = null;
        }
        packet.hold(block, from, to);
        packet.reset(from, to - from);
        inUse++;
        return packet;
    }

    private void releaseWindow(Packet packet) {
        release(packet.letGo());
        if (freeWindows < WINDOWS_MAX && !closed) {
            packet.nextFree = freeWindow;
            freeWindow = packet;
            freeWindows++;
        }
    }

    void release(Packet packet) {
        if (packet.killed) {
            throw new IllegalStateException("a packet is killed twice");
        }
        packet.killed = true;
        inUse--;
        if (packet.kind == Packet.Kind.WINDOW) {
            releaseWindow(packet);
            return;
        }
        if (packet.kind == Packet.Kind.OWN || packet.isShared() || closed) {
            // A buffer that someone else still reads is left to that one.
            release(packet.letGo());
            return;
        }
        count(-packet.buffer().capacity());
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

    /** The memory of these packets and of blocks, likewise. */
    public long bytesInUse() {
        return bytesInUse;
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
