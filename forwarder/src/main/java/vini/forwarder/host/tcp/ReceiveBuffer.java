package vini.forwarder.host.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Bytes that arrived and were not read yet, in order or with gaps, by sequence number. Its memory
 * is taken when it is first needed: data in order that is read at once never enters it.
 */
final class ReceiveBuffer {
    /**
     * More gaps than a window of full segments is likely to have; a hostile peer could make more.
     */
    static final int ISLANDS_MAX = 1024;

    /** So much is handed over at a time; who then pauses has no more than this to put away. */
    private static final int PIECE_BYTES = 32 * 1024;

    private final int capacity;
    private byte[] ring = {};
    private long start;
    private long next;

    /** What lies beyond {@code next}. */
    private final Ranges islands = new Ranges(ISLANDS_MAX);

    ReceiveBuffer(int capacity, long start) {
        this.capacity = capacity;
        this.start = start;
        this.next = start;
    }

    /** RCV.NXT as far as data goes. */
    long next() {
        return next;
    }

    int capacity() {
        return capacity;
    }

    /** Bytes in order that wait to be read. */
    int readable() {
        return (int) (next - start);
    }

    /** How many bytes from {@link #next} on there is room for. */
    int window() {
        return capacity - readable();
    }

    boolean hasGaps() {
        return !islands.isEmpty();
    }

    /** What lies beyond {@link #next}; not to be changed. */
    Ranges islands() {
        return islands;
    }

    /** Data at {@link #next} goes by without being stored; only if nothing is here. */
    boolean canPass() {
        return islands.isEmpty() && start == next;
    }

    void pass(int bytes) {
        next += bytes;
        start = next;
    }

    /**
     * Stores what of the data is new and inside the window; false if it would make one gap too
     * many.
     */
    boolean insert(long sequence, ByteBuf packet, int at, int bytes) {
        long from = Math.max(sequence, next);
        long to = Math.min(sequence + bytes, start + capacity);
        if (from >= to) {
            return true;
        }
        if (from > next && !islands.add(from, to)) {
            return false;
        }
        if (ring.length == 0) {
            ring = new byte[capacity];
        }
        copy(packet, at + (int) (from - sequence), from, (int) (to - from));
        if (from == next) {
            next = to;
            joinIslands();
        }
        return true;
    }

    private void copy(ByteBuf packet, int at, long sequence, int bytes) {
        int index = (int) (sequence % capacity);
        int first = Math.min(bytes, capacity - index);
        packet.getBytes(at, ring, index, first);
        packet.getBytes(at + first, ring, 0, bytes - first);
    }

    private void joinIslands() {
        int joined = 0;
        while (joined < islands.count() && islands.from(joined) <= next) {
            next = Math.max(next, islands.to(joined));
            joined++;
        }
        islands.removeBelow(next);
    }

    /**
     * Hands over what is readable in pieces that are lent, as long as they are wanted.
     *
     * @param wanted is asked before each piece
     */
    void read(Consumer<ByteBuf> reader, BooleanSupplier wanted) {
        while (start < next && wanted.getAsBoolean()) {
            int index = (int) (start % capacity);
            int bytes = (int) Math.min(next - start, Math.min(PIECE_BYTES, capacity - index));
            start += bytes;
            reader.accept(Unpooled.wrappedBuffer(ring, index, bytes));
        }
    }
}
