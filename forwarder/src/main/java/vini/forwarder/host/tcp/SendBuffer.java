package vini.forwarder.host.tcp;

import io.netty.buffer.ByteBuf;

/** Bytes that were written and not yet acknowledged, by sequence number; a ring that grows. */
final class SendBuffer {
    private static final int SIZE_FIRST = 16 * 1024;

    private final int capacity;
    private byte[] ring;
    private long start;
    private long end;

    /**
     * An empty buffer.
     *
     * @param start the sequence number of the first byte that will be written
     */
    SendBuffer(int capacity, long start) {
        this.capacity = capacity;
        this.ring = new byte[Math.min(capacity, SIZE_FIRST)];
        this.start = start;
        this.end = start;
    }

    /** The sequence number behind the last byte. */
    long end() {
        return end;
    }

    int free() {
        return capacity - size();
    }

    int capacity() {
        return capacity;
    }

    private int size() {
        return (int) (end - start);
    }

    /** Takes what there is room for, and moves the reader index. */
    int write(ByteBuf data) {
        int bytes = Math.min(free(), data.readableBytes());
        if (size() + bytes > ring.length) {
            grow(size() + bytes);
        }
        int at = (int) (end % ring.length);
        int first = Math.min(bytes, ring.length - at);
        data.readBytes(ring, at, first);
        data.readBytes(ring, 0, bytes - first);
        end += bytes;
        return bytes;
    }

    private void grow(int needed) {
        long doubled = Math.max(needed, Math.min(2L * ring.length, capacity));
        byte[] larger = new byte[(int) doubled];
        for (long i = start; i < end; ) {
            int from = (int) (i % ring.length);
            int to = (int) (i % larger.length);
            int part = Math.min(ring.length - from, larger.length - to);
            part = (int) Math.min(part, end - i);
            System.arraycopy(ring, from, larger, to, part);
            i += part;
        }
        ring = larger;
    }

    /** Copies {@code bytes} from {@code sequence} on, all of which must be there. */
    void copyTo(ByteBuf out, long sequence, int bytes) {
        if (sequence < start || sequence + bytes > end) {
            throw new IllegalStateException(
                    "bytes " + sequence + "+" + bytes + " of a buffer " + start + "-" + end);
        }
        int at = (int) (sequence % ring.length);
        int first = Math.min(bytes, ring.length - at);
        out.writeBytes(ring, at, first);
        out.writeBytes(ring, 0, bytes - first);
    }

    /** Forgets what is before {@code sequence}. */
    void acknowledge(long sequence) {
        start = Math.max(start, Math.min(sequence, end));
    }
}
