package vini.forwarder.elements.egress;

/**
 * The memory that connections may hold: each gets a share when it begins, smaller the less there is
 * left, and never less than it needs to move at all. What is kept for those makes the bound one.
 */
final class Budget {
    /** The least that a connection gets in each direction. */
    static final int LEAST_BYTES = 16 * 1024;

    /** Of what is free, a new connection gets at most this part. */
    private static final int PART = 16;

    private final int mostBytes;
    private long freeBytes;

    /**
     * A budget.
     *
     * @param bytes all that may be held
     * @param connections how many there may be; each has its least whatever the others have
     * @param mostBytes that a connection gets in each direction
     */
    Budget(long bytes, int connections, int mostBytes) {
        this.mostBytes = mostBytes;
        freeBytes = Math.max(0, bytes - 2L * LEAST_BYTES * connections);
    }

    /** What a new connection may hold in each direction, in bytes; to be {@link #release}d. */
    int share() {
        long more = Math.min(mostBytes - LEAST_BYTES, freeBytes / PART / 2);
        freeBytes -= 2 * more;
        return LEAST_BYTES + (int) more;
    }

    /** A connection is over that had that share. */
    void release(int share) {
        freeBytes += 2L * (share - LEAST_BYTES);
    }

    /** What is free beyond everybody's least, in bytes. */
    long freeBytes() {
        return freeBytes;
    }
}
