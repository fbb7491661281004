package vini.forwarder;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the packet pools of one process have in common: how much memory packets take in all of them,
 * and those free packets that a pool has too many of. Packets may end on another loop than the one
 * that made them, always on the same one where flows are one-sided: what is free there comes back
 * by this way, many at a time. What a pool has too many of only for a moment, as one does that
 * makes and ends thousands in turn, is left to itself: a packet that was in the cache of one
 * processor costs another as much as forwarding it. Any thread may use it.
 */
public final class PacketMemory {
    /** Half of what the forwarder's JVM flags allow for direct memory. */
    private static final long BYTES_MAX = 384L << 20;

    /** The most that lies here; with what is in use it stays within what the flags allow. */
    private static final int MAGAZINES_MAX = 256;

    /** So many magazines lie untouched for a pool that takes back what it gives. */
    private static final int KEPT = 16;

    private final AtomicLong bytesInUse = new AtomicLong();
    private final List<Shelf> shelves = new ArrayList<>();
    private int magazines;

    /** What one pool has given. */
    static final class Shelf {
        private final Deque<Packet> magazines = new ArrayDeque<>();

        /** Since the pool took some last; more than are kept if it never did. */
        private int givenInTurn = KEPT + 1;

        private boolean hasForOthers() {
            return magazines.size() > (givenInTurn > KEPT ? 0 : KEPT);
        }
    }

    /** A place for what one more pool will give. */
    synchronized Shelf shelf() {
        Shelf shelf = new Shelf();
        shelves.add(shelf);
        return shelf;
    }

    /** Packets take more bytes, or less, than was said before. */
    void add(long bytes) {
        bytesInUse.addAndGet(bytes);
    }

    /** What was told. */
    long bytesInUse() {
        return bytesInUse.get();
    }

    /**
     * Whether that is more than queues and delay lines may fill.
     *
     * @param unsaid the caller's bytes that it has not added
     */
    boolean isFull(long unsaid) {
        return bytesInUse.get() + unsaid > BYTES_MAX;
    }

    /**
     * Takes {@link PacketPool#MAGAZINE} free packets over; false if there are too many.
     *
     * @param own the giver's
     */
    synchronized boolean give(Shelf own, Packet first) {
        if (magazines >= MAGAZINES_MAX) {
            return false;
        }
        own.givenInTurn++;
        own.magazines.push(first);
        magazines++;
        return true;
    }

    /**
     * So many free packets, each the next of another; null if there are none to spare.
     *
     * @param own the asker's, from which they come first
     */
    synchronized @Nullable Packet take(Shelf own) {
        own.givenInTurn = 0;
        Packet first = own.magazines.poll();
        for (int i = 0; first == null && i < shelves.size(); i++) {
            Shelf other = shelves.get(i);
            first = other.hasForOthers() ? other.magazines.pollLast() : null;
        }
        magazines -= first == null ? 0 : 1;
        return first;
    }

    /** The same, whosever they are. */
    synchronized @Nullable Packet takeAny() {
        for (Shelf shelf : shelves) {
            Packet first = shelf.magazines.poll();
            if (first != null) {
                magazines--;
                return first;
            }
        }
        return null;
    }
}
