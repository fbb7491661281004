package vini.forwarder.elements.napt;

import org.jspecify.annotations.Nullable;

import java.util.random.RandomGenerator;

/**
 * Which ports of one external address are taken, for one protocol. A free one is found at random
 * (RFC 6056, algorithm 1: a random port, and from there on the next that is free).
 */
final class Ports {
    static final int PORTS = 1 << 16;

    /** Ports below this are for hosts' ports below this, if they can: RFC 4787 REQ-3a. */
    private static final int WELL_KNOWN = 1024;

    private static final long EVEN = 0x5555555555555555L;
    private static final int NONE = -1;

    private final int low;
    private final int high;
    private int taken;

    /** A bit for each port that is taken; made when the first one is. */
    private long @Nullable [] bits;

    /** Ports from {@code low} to {@code high}, which is one of them, may be taken. */
    Ports(int low, int high) {
        this.low = low;
        this.high = high;
    }

    int taken() {
        return taken;
    }

    int count() {
        return high - low + 1;
    }

    private long[] bits() {
        if (bits == null) {
            bits = new long[PORTS / Long.SIZE];
        }
        return bits;
    }

    boolean isTaken(int port) {
        return (bits()[port / Long.SIZE] >>> port & 1) != 0;
    }

    boolean isOfThese(int port) {
        return port >= low && port <= high;
    }

    void take(int port) {
        bits()[port / Long.SIZE] |= 1L << port;
        taken++;
    }

    void release(int port) {
        bits()[port / Long.SIZE] &= ~(1L << port);
        taken--;
    }

    /**
     * Finds a port for one of the inside: of the same class (well-known or not) and parity, else of
     * the class, else any.
     *
     * @return a port that is free, or -1 if none is
     */
    int find(int insidePort, RandomGenerator chance) {
        if (taken == count()) {
            return NONE;
        }
        int border = Math.max(low, Math.min(high + 1, WELL_KNOWN));
        boolean wellKnown = insidePort < WELL_KNOWN;
        int port =
                wellKnown
                        ? findIn(low, border, insidePort, chance)
                        : findIn(border, high + 1, insidePort, chance);
        if (port == NONE) {
            port =
                    wellKnown
                            ? findIn(border, high + 1, insidePort, chance)
                            : findIn(low, border, insidePort, chance);
        }
        return port;
    }

    private int findIn(int from, int to, int insidePort, RandomGenerator chance) {
        if (from >= to) {
            return NONE;
        }
        int start = from + chance.nextInt(to - from);
        long wanted = (insidePort & 1) == 0 ? EVEN : ~EVEN;
        int port = around(from, to, start, wanted);
        return port == NONE ? around(from, to, start, -1) : port;
    }

    private int around(int from, int to, int start, long wanted) {
        int port = next(start, to, wanted);
        return port == NONE ? next(from, start, wanted) : port;
    }

    /** The first free port of those wanted from {@code from} to before {@code to}. */
    private int next(int from, int to, long wanted) {
        long[] words = bits();
        for (int at = from; at < to; at = (at | Long.SIZE - 1) + 1) {
            long free = ~words[at / Long.SIZE] & wanted & -1L << at;
            if (free != 0) {
                int port = (at & -Long.SIZE) + Long.numberOfTrailingZeros(free);
                return port < to ? port : NONE;
            }
        }
        return NONE;
    }
}
