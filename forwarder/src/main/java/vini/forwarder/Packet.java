package vini.forwarder;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * A packet in a graph: a window ({@link #start}, {@link #length}) of a buffer, and a handful of
 * annotations. Descriptors come from the {@link PacketPool} of the loop and go back to it.
 *
 * <p>Whoever holds the packet owns it: it is pushed on, put into a queue, or killed, exactly once.
 * A payload may be shared (see {@link #share}); who writes calls {@link #writable} first.
 */
public final class Packet {
    /** The paint of a packet that nobody has painted. */
    public static final int NO_PAINT = 0;

    final PacketPool pool;
    final boolean pooledBuffer;
    private ByteBuf buffer;
    private int start;
    private int length;

    private int networkHeader;
    private int destination;
    private int paint;
    private long timestampNanos;

    /** The next free packet while this one lies in the pool. */
    @Nullable Packet nextFree;

    /** Whether it was killed; a second time would give its buffer to two owners. */
    boolean killed;

    Packet(PacketPool pool, ByteBuf buffer, boolean pooledBuffer) {
        this.pool = pool;
        this.buffer = buffer;
        this.pooledBuffer = pooledBuffer;
    }

    /**
     * Makes it a packet of {@code length} unset bytes with the usual headroom, annotations cleared.
     */
    void reset(int headroom, int newLength) {
        start = headroom;
        length = newLength;
        killed = false;
        networkHeader = 0;
        destination = 0;
        paint = NO_PAINT;
        timestampNanos = 0;
    }

    /** The buffer that holds the bytes; index 0 of the packet is at {@link #start}. */
    public ByteBuf buffer() {
        return buffer;
    }

    /** The index of the packet's first byte in {@link #buffer}. */
    public int start() {
        return start;
    }

    /** The packet's length in bytes. */
    public int length() {
        return length;
    }

    /** The address in memory of the packet's first byte. */
    public long address() {
        return buffer.memoryAddress() + start;
    }

    public int u8(int at) {
        return buffer.getByte(start + at) & 0xff;
    }

    public int u16(int at) {
        return buffer.getShort(start + at) & 0xffff;
    }

    public int i32(int at) {
        return buffer.getInt(start + at);
    }

    public void set8(int at, int value) {
        buffer.setByte(start + at, value);
    }

    public void set16(int at, int value) {
        buffer.setShort(start + at, value);
    }

    public void set32(int at, int value) {
        buffer.setInt(start + at, value);
    }

    /** Shortens the packet to its first {@code newLength} bytes. */
    public void truncate(int newLength) {
        if (newLength < 0 || newLength > length) {
            throw new IllegalArgumentException(newLength + " is outside 0-" + length);
        }
        length = newLength;
    }

    /** Removes {@code bytes} from the front. */
    public void strip(int bytes) {
        if (bytes < 0 || bytes > length) {
            throw new IllegalArgumentException(bytes + " is outside 0-" + length);
        }
        start += bytes;
        length -= bytes;
        networkHeader -= bytes;
    }

    /** Makes {@code bytes} unset bytes of room in front; there must be that much headroom. */
    public void prepend(int bytes) {
        if (bytes < 0 || bytes > start) {
            throw new IllegalArgumentException(bytes + " bytes, but the headroom is " + start);
        }
        start -= bytes;
        length += bytes;
        networkHeader += bytes;
    }

    /** Where the network header begins, relative to the packet's first byte. */
    public int networkHeader() {
        return networkHeader;
    }

    public void networkHeader(int offset) {
        networkHeader = offset;
    }

    /** Click's destination IP address annotation: where the packet is to go next. */
    public int destination() {
        return destination;
    }

    public void destination(int address) {
        destination = address;
    }

    /** Click's paint annotation, 0-255. */
    public int paint() {
        return paint;
    }

    public void paint(int color) {
        paint = color;
    }

    /** Click's timestamp annotation, in nanoseconds of the graph's clock. */
    public long timestampNanos() {
        return timestampNanos;
    }

    public void timestampNanos(long nanos) {
        timestampNanos = nanos;
    }

    /** A second packet with the same bytes, shared by count, and the same annotations. */
    public Packet share() {
        Packet twin = pool.descriptor(buffer.retain());
        twin.start = start;
        twin.length = length;
        twin.copyAnnotations(this);
        return twin;
    }

    /** A packet with a copy of these bytes and the same annotations. */
    public Packet copy() {
        Packet copy = pool.allocate(length);
        copy.buffer.setBytes(copy.start, buffer, start, length);
        copy.copyAnnotations(this);
        return copy;
    }

    private void copyAnnotations(Packet other) {
        networkHeader = other.networkHeader;
        destination = other.destination;
        paint = other.paint;
        timestampNanos = other.timestampNanos;
    }

    /** This packet if nobody shares its bytes; else a copy, and this one is killed. */
    public Packet writable() {
        if (buffer.refCnt() == 1) {
            return this;
        }
        Packet copy = copy();
        kill();
        return copy;
    }

    /** Ends the packet. Who does this for a reason uses a {@link DropCounter}. */
    public void kill() {
        pool.release(this);
    }
}
