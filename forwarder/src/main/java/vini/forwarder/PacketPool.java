package vini.forwarder;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

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

    /** So many descriptors of windows are kept, and so many blocks. */
    private static final int WINDOWS_MAX = 2048;

    private static final int BLOCKS_MAX = 32;

    /** So many free packets go from pool to pool at a time. */
    static final int MAGAZINE = 256;

    /** The pool tells the others of its packets when there are so many more, or less. */
    private static final int UNTOLD_MAX = 512;

    private final ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
    private final PacketMemory memory;
    private final PacketMemory.Shelf shelf;

    /**
     * Free packets, those that were killed last at the end, where the next come from. Two magazines
     * at most: a pool at the border of one does not exchange it again and again.
     */
    private final @Nullable Packet[] free = new @Nullable Packet[2 * MAGAZINE];

    private int frees;

    /** Descriptors of windows, without a buffer. */
    private @Nullable Packet freeWindow;

    private int freeWindows;
    private final ArrayDeque<Block> freeBlocks = new ArrayDeque<>(BLOCKS_MAX);
    private @Nullable Batch freeBatch;
    private long inUse;

    /** Of those in use how many the others know of. */
    private long told;

    private long batchesInUse;
    private boolean closed;

    /** A pool of its own. */
    public PacketPool() {
        this(new PacketMemory());
    }

    /** One of several pools of a process. */
    public PacketPool(PacketMemory memory) {
        this.memory = memory;
        shelf = memory.shelf();
    }

    /** A packet of {@code length} unset bytes after a headroom of zeros, owned by the caller. */
    public Packet allocate(int length) {
        Packet packet =
                length <= POOLED_BYTES && (frees > 0 || refill()) ? takeFree() : make(length);
        packet.reset(HEADROOM, length);
        packet.clearHeadroom(HEADROOM);
        begins(packet);
        return packet;
    }

    @SuppressWarnings("NullAway") // slots below frees are never null
    private Packet takeFree() {
        Packet packet = free[--frees];
        if (packet.pool != this) {
            packet.pool = this;
        }
        return packet;
    }

    private Packet make(int length) {
        return length > POOLED_BYTES
                ? holding(allocator.directBuffer(HEADROOM + length), Packet.Kind.OWN)
                : holding(allocator.directBuffer(BUFFER_BYTES), Packet.Kind.POOLED);
    }

    private Packet holding(ByteBuf buffer, Packet.Kind kind) {
        Packet packet = new Packet(this, kind);
        packet.hold(buffer, 0, buffer.capacity());
        return packet;
    }

    /** Takes a magazine over that lies elsewhere; false if there is none. */
    private boolean refill() {
        for (Packet next = memory.take(shelf); next != null; next = next.nextFree) {
            free[frees++] = next;
        }
        return frees > 0;
    }

    /** Gives the magazine away that was killed first. */
    private void lighten() {
        Packet first = null;
        for (int i = 0; i < MAGAZINE; i++) {
            Packet packet = free[i];
            if (packet != null) {
                packet.nextFree = first;
                first = packet;
            }
        }
        if (first != null && !memory.give(shelf, first)) {
            free(first);
        }
        System.arraycopy(free, MAGAZINE, free, 0, MAGAZINE);
        frees -= MAGAZINE;
    }

    /** What has a buffer of its own is rare, and told at once. */
    private void begins(Packet packet) {
        inUse++;
        if (packet.kind == Packet.Kind.OWN) {
            told++;
            memory.add(packet.buffer().capacity());
        } else if (inUse - told > UNTOLD_MAX) {
            tell();
        }
    }

    private void ends(Packet packet) {
        inUse--;
        if (packet.kind == Packet.Kind.OWN) {
            told--;
            memory.add(-packet.buffer().capacity());
        } else if (told - inUse > UNTOLD_MAX) {
            tell();
        }
    }

    private long untold() {
        return (inUse - told) * BUFFER_BYTES;
    }

    /** The others know of all packets in use from now on. */
    void tell() {
        memory.add(untold());
        told = inUse;
    }

    /** A packet with these bytes, copied. */
    public Packet copyOf(ByteBuf bytes) {
        Packet packet = allocate(bytes.readableBytes());
        packet.buffer().setBytes(packet.start(), bytes, bytes.readerIndex(), bytes.readableBytes());
        return packet;
    }

    /** A packet that takes over one reference to {@code shared}. */
    Packet sharing(ByteBuf shared) {
        Packet packet = holding(shared, Packet.Kind.OWN);
        packet.reset(0, 0);
        begins(packet);
        return packet;
    }

    /** Memory for the packets of one system call, unset; one reference is the caller's. */
    public Block block() {
        memory.add(Block.BYTES);
        Block block =
                freeBlocks.isEmpty()
                        ? new Block(allocator.directBuffer(Block.BYTES, Block.BYTES))
                        : freeBlocks.pop();
        block.retain(1);
        return block;
    }

    /** Gives up one reference to a block. */
    public void release(Block block) {
        if (block.release()) {
            memory.add(-Block.BYTES);
            if (closed || freeBlocks.size() == BLOCKS_MAX) {
                block.bytes().release();
            } else {
                freeBlocks.push(block);
            }
        }
    }

    /**
     * A packet of the bytes of {@code block} from {@code from} to {@code to}, which are its own; it
     * takes over one reference to the block.
     */
    public Packet window(Block block, int from, int to) {
        Packet packet = freeWindow;
        if (packet == null) {
            packet = new Packet(this, Packet.Kind.WINDOW);
        } else {
            freeWindow = packet.nextFree;
            packet.nextFree = null;
            freeWindows--;
        }
        packet.hold(block, from, to);
        packet.reset(from, to - from);
        inUse++;
        told++;
        return packet;
    }

    private void releaseWindow(Packet packet) {
        inUse--;
        told--;
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
        if (packet.kind == Packet.Kind.WINDOW) {
            releaseWindow(packet);
            return;
        }
        ends(packet);
        // A pooled buffer that someone else still reads is left to that one.
        if (packet.kind == Packet.Kind.OWN || packet.isShared() || closed) {
            packet.buffer().release();
            return;
        }
        if (frees == free.length) {
            lighten();
        }
        free[frees++] = packet;
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

    /** The memory that packets and blocks take, in all pools of the process. */
    public long bytesInUse() {
        return memory.bytesInUse() + untold();
    }

    /**
     * Whether queues and delay lines of the process should take no more; half of the memory is left
     * to the rest.
     */
    public boolean isFull() {
        return memory.isFull(untold());
    }

    /** Batches that were handed out and not yet recycled; zero between two events. */
    public long batchesInUse() {
        return batchesInUse;
    }

    /** Frees what lies in the pool; packets still in use are freed as they are killed. */
    @Override
    public void close() {
        closed = true;
        while (frees > 0) {
            takeFree().buffer().release();
        }
        freeBlocks.forEach(block -> block.bytes().release());
        freeBlocks.clear();
        // The last pool finds all; one that goes on makes new ones.
        for (Packet m = memory.takeAny(); m != null; m = memory.takeAny()) {
            free(m);
        }
    }

    private static void free(Packet first) {
        for (Packet packet = first; packet != null; packet = packet.nextFree) {
            packet.buffer().release();
        }
    }
}
