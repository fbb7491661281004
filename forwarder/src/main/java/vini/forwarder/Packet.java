package vini.forwarder;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.internal.PlatformDependent;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

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

    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /**
     * Whether the flags that take Netty's checks away are set, and memory is addressed and has the
     * usual order of bytes. Then they are read and written where they lie, without asking the
     * buffer, an object or two of its own.
     */
    private static final boolean UNCHECKED =
            !Boolean.parseBoolean(System.getProperty("io.netty.buffer.checkBounds", "true"))
                    && PlatformDependent.hasUnsafe()
                    && !PlatformDependent.BIG_ENDIAN_NATIVE_ORDER;

    /** Whose the buffer is. */
    enum Kind {
        /** The packet's, for ever; it lies in the pool with it. */
        POOLED,
        /** The packet has a reference to it as long as it lives. */
        OWN,
        /** A block's, of which a part is the packet's own: others have other parts. */
        WINDOW
    }

    /** Where it ends: that of the loop that it is on. */
    PacketPool pool;

    final Kind kind;

    private ByteBuf buffer;

    /** Whose buffer it is, if this is a window. */
    private @Nullable Block block;

    /** Where the buffer is, if {@link #UNCHECKED}. */
    private long memory;

    /** The part of the buffer that is the packet's own: from here, and up to there. */
    private int floor;

    private int ceiling;

    private int start;
    private int length;

    private int macHeader;
    private int networkHeader;
    private int transportHeader;
    private PacketType type = PacketType.HOST;
    private long timestampNanos;
    private int traceNumber;

    /** The first four bytes of the annotations, which every packet has. */
    private int destination;

    /** The others; all zero unless {@link #annotated}. */
    private final byte[] annotations = new byte[Annotation.BYTES];

    private boolean annotated;

    private boolean partial;

    /** Whether somebody else may have, or have had, a reference to the buffer. */
    private boolean shared;

    /** The lowest index that the packet has begun at: what was written to the headroom. */
    private int lowest;

    /** The next packet of its magazine while that is between two pools. */
    @Nullable Packet nextFree;

    /** Whether it was killed; a second time would give its buffer to two owners. */
    boolean killed;

    Packet(PacketPool pool, Kind kind) {
        this.pool = pool;
        this.kind = kind;
        buffer = Unpooled.EMPTY_BUFFER;
    }

    /** Makes that part of a block the packet's own. */
    void hold(Block newBlock, int from, int to) {
        block = newBlock;
        hold(newBlock.bytes(), from, to);
    }

    /** The block of which the packet was a window, whose reference is the caller's now. */
    Block letGo() {
        Block held = block;
        if (held == null) {
            throw new IllegalStateException("the packet is no window");
        }
        block = null;
        buffer = Unpooled.EMPTY_BUFFER;
        return held;
    }

    /** Makes that part of a buffer the packet's own. */
    void hold(ByteBuf newBuffer, int from, int to) {
        buffer = newBuffer;
        memory = UNCHECKED ? newBuffer.memoryAddress() : 0;
        floor = from;
        ceiling = to;
    }

    /** Makes the headroom zero: what an earlier packet has left there is nobody's to see. */
    void clearHeadroom(int headroom) {
        if (lowest < headroom) {
            buffer.setZero(lowest, headroom - lowest);
            lowest = headroom;
        }
    }

    /** Makes it a packet of {@code newLength} bytes as they are, annotations cleared. */
    void reset(int newStart, int newLength) {
        start = newStart;
        length = newLength;
        killed = false;
        shared = false;
        partial = false;
        macHeader = 0;
        networkHeader = 0;
        transportHeader = 0;
        timestampNanos = 0;
        traceNumber = 0;
        destination = 0;
        // A reference costs more to write than to compare.
        if (type != PacketType.HOST) {
            type = PacketType.HOST;
        }
        if (annotated) {
            annotated = false;
            Arrays.fill(annotations, (byte) 0);
        }
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

    /** How many bytes in front of the first are the packet's own. */
    public int headroom() {
        return start - floor;
    }

    /** How many bytes behind the last are the packet's own. */
    public int tailroom() {
        return ceiling - start - length;
    }

    /** The address in memory of the packet's first byte. */
    public long address() {
        return (UNCHECKED ? memory : buffer.memoryAddress()) + start;
    }

    public int u8(int at) {
        return UNCHECKED
                ? PlatformDependent.getByte(memory + start + at) & 0xff
                : buffer.getByte(start + at) & 0xff;
    }

    public int u16(int at) {
        return UNCHECKED
                ? Character.reverseBytes((char) PlatformDependent.getShort(memory + start + at))
                : buffer.getShort(start + at) & 0xffff;
    }

    public int i32(int at) {
        return UNCHECKED
                ? Integer.reverseBytes(PlatformDependent.getInt(memory + start + at))
                : buffer.getInt(start + at);
    }

    public void set8(int at, int value) {
        if (UNCHECKED) {
            PlatformDependent.putByte(memory + start + at, (byte) value);
        } else {
            buffer.setByte(start + at, value);
        }
    }

    public void set16(int at, int value) {
        if (UNCHECKED) {
            PlatformDependent.putShort(memory + start + at, Short.reverseBytes((short) value));
        } else {
            buffer.setShort(start + at, value);
        }
    }

    public void set32(int at, int value) {
        if (UNCHECKED) {
            PlatformDependent.putInt(memory + start + at, Integer.reverseBytes(value));
        } else {
            buffer.setInt(start + at, value);
        }
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
        move(bytes);
    }

    /**
     * This packet with the {@code bytes} in front of it that were stripped before, whoever shares
     * them; or, where there are not so many, a copy that begins with zeros, and this one is killed.
     */
    public Packet unstrip(int bytes) {
        if (bytes <= headroom()) {
            move(-bytes);
            return this;
        }
        int kept = headroom();
        move(-kept);
        Packet copy = prepend(bytes - kept);
        copy.buffer.setZero(copy.start, bytes - kept);
        return copy;
    }

    private void move(int bytes) {
        start += bytes;
        lowest = Math.min(lowest, start);
        length -= bytes;
        macHeader -= bytes;
        networkHeader -= bytes;
        transportHeader -= bytes;
    }

    /**
     * This packet, writable, with {@code bytes} more unset bytes in front; or, where its headroom
     * is too small or somebody shares its bytes, a copy that has them, and this one is killed.
     */
    public Packet prepend(int bytes) {
        if (bytes <= headroom() && !isShared()) {
            move(-bytes);
            return this;
        }
        Packet copy = pool.allocate(length + bytes);
        copy.buffer.setBytes(copy.start + bytes, buffer, start, length);
        copy.copyAnnotations(this);
        copy.macHeader += bytes;
        copy.networkHeader += bytes;
        copy.transportHeader += bytes;
        kill();
        return copy;
    }

    /**
     * This packet, writable, with {@code bytes} more unset bytes at its end; or, where there is no
     * room or somebody shares its bytes, a copy that has them, and this one is killed.
     */
    public Packet append(int bytes) {
        if (bytes <= tailroom() && !isShared()) {
            length += bytes;
            return this;
        }
        Packet copy = pool.allocate(length + bytes);
        copy.buffer.setBytes(copy.start, buffer, start, length);
        copy.copyAnnotations(this);
        kill();
        return copy;
    }

    /** Where the link-level header begins, relative to the packet's first byte; may be negative. */
    public int macHeader() {
        return macHeader;
    }

    public void macHeader(int offset) {
        macHeader = offset;
    }

    /** Where the network header begins, relative to the packet's first byte; may be negative. */
    public int networkHeader() {
        return networkHeader;
    }

    public void networkHeader(int offset) {
        networkHeader = offset;
    }

    /** Where the transport header begins, relative to the packet's first byte; may be negative. */
    public int transportHeader() {
        return transportHeader;
    }

    public void transportHeader(int offset) {
        transportHeader = offset;
    }

    /**
     * Whether this is an IP packet whose TCP or UDP checksum is still to be completed: its field
     * holds the sum of the pseudo-header, as a kernel leaves it to a device that can add the rest.
     * Only elements that say so get such packets ({@link ElementClass#partialChecksums}).
     */
    public boolean isPartial() {
        return partial;
    }

    public void partial(boolean isPartial) {
        partial = isPartial;
    }

    /** Whose packet it was on the link that it came by. */
    public PacketType type() {
        return type;
    }

    public void type(PacketType newType) {
        type = newType;
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
        return annotations[Annotation.PAINT] & 0xff;
    }

    public void paint(int color) {
        annotations[Annotation.PAINT] = (byte) color;
        annotated = true;
    }

    /**
     * The annotation of {@code size} bytes at {@code at}, as an unsigned number in network order.
     *
     * @param size 1, 2 or 4
     */
    public long annotation(int at, int size) {
        if (at < Integer.BYTES) {
            int bits = Byte.SIZE * size;
            return destination >>> (Integer.SIZE - Byte.SIZE * at - bits) & -1L >>> (64 - bits);
        }
        return switch (size) {
            case 1 -> annotations[at] & 0xff;
            case 2 -> (short) SHORTS.get(annotations, at) & 0xffff;
            default -> (int) INTS.get(annotations, at) & 0xffffffffL;
        };
    }

    /** Sets the annotation of {@code size} bytes (1, 2 or 4) at {@code at}. */
    public void annotation(int at, int size, long value) {
        if (at < Integer.BYTES) {
            int bits = Byte.SIZE * size;
            int shift = Integer.SIZE - Byte.SIZE * at - bits;
            long mask = -1L >>> (64 - bits) << shift;
            destination = (int) (destination & ~mask | value << shift & mask);
            return;
        }
        annotated = true;
        switch (size) {
            case 1 -> annotations[at] = (byte) value;
            case 2 -> SHORTS.set(annotations, at, (short) value);
            default -> INTS.set(annotations, at, (int) value);
        }
    }

    /** Click's timestamp annotation, in nanoseconds since 1970; 0 where there is none. */
    public long timestampNanos() {
        return timestampNanos;
    }

    public void timestampNanos(long nanos) {
        timestampNanos = nanos;
    }

    /** By which number {@link Trace} knows it; 0 where it does not. */
    int traceNumber() {
        return traceNumber;
    }

    void traceNumber(int number) {
        traceNumber = number;
    }

    /** A second packet with the same bytes, shared by count, and the same annotations. */
    public Packet share() {
        Packet twin;
        if (block == null) {
            twin = pool.sharing(buffer.retain());
        } else {
            block.retain(1);
            twin = pool.window(block, floor, ceiling);
        }
        shared = true;
        twin.shared = true;
        twin.start = start;
        twin.length = length;
        twin.copyAnnotations(this);
        return twin;
    }

    /**
     * Whether others refer to its bytes; the count is not looked at for those never shared. That of
     * a window says nothing, so it is shared for ever.
     */
    boolean isShared() {
        return shared && (kind == Kind.WINDOW || buffer.refCnt() != 1);
    }

    /** A packet with a copy of these bytes and the same annotations. */
    public Packet copy() {
        Packet copy = pool.allocate(length);
        copy.buffer.setBytes(copy.start, buffer, start, length);
        copy.copyAnnotations(this);
        return copy;
    }

    /** Takes all annotations of another packet over, header offsets and timestamp included. */
    public void copyAnnotations(Packet other) {
        macHeader = other.macHeader;
        networkHeader = other.networkHeader;
        transportHeader = other.transportHeader;
        type = other.type;
        timestampNanos = other.timestampNanos;
        traceNumber = other.traceNumber;
        destination = other.destination;
        partial = other.partial;
        if (annotated || other.annotated) {
            System.arraycopy(other.annotations, 0, annotations, 0, Annotation.BYTES);
            annotated = other.annotated;
        }
    }

    /** This packet if nobody shares its bytes; else a copy, and this one is killed. */
    public Packet writable() {
        if (!isShared()) {
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
