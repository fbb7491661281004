package vini.forwarder;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the packet pools of one process have in common: how much memory packets take in all of them,
 * and those free packets that a pool has too many of. Packets may end on another loop than the one
 * that made them, always on the same one where flows are one-sided: what is free there comes back
 * by this way, many at a time. Any thread may use it.
 */
public final class PacketMemory {
    /** Half of what the forwarder's JVM flags allow for direct memory. */
    private static final long BYTES_MAX = 384L << 20;

    /** The most that lies here; with what is in use it stays within what the flags allow. */
    private static final int MAGAZINES_MAX = 256;

    private final AtomicLong bytesInUse = new AtomicLong();
    private final Deque<Packet> magazines = new ArrayDeque<>();

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

    /** Takes {@link PacketPool#MAGAZINE} free packets over; false if there are too many. */
    synchronized boolean give(Packet first) {
        if (magazines.size() >= MAGAZINES_MAX) {
            return false;
        }
        magazines.push(first);
        return true;
    }

    /** So many free packets, each the next of another; null if there are none. */
    synchronized @Nullable Packet take() {
        return magazines.poll();
    }
}
