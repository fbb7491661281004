package vini.forwarder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How well the links of a process keep time: a packet that a busy machine lets out of a delay line
 * more than {@link #LATE_NANOS} after its time has seen another network than the user described.
 */
public final class Punctuality {
    /** What counts as late. */
    public static final long LATE_NANOS = 1_000_000L;

    private final List<Watch> watches = new ArrayList<>();

    /** What the links of one loop say. */
    public static final class Watch {
        private final Loop loop;
        private long released;
        private long late;
        private long worstNanos;

        /** Packets by how many binary digits their lateness in nanoseconds has. */
        private final long[] byDigits = new long[Long.SIZE + 1];

        private Watch(Loop loop) {
            this.loop = loop;
        }

        /** A packet left a delay line that many nanoseconds after its time. */
        public void released(long behindNanos) {
            released++;
            if (behindNanos > LATE_NANOS) {
                late++;
            }
            worstNanos = Math.max(worstNanos, behindNanos);
            byDigits[Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, behindNanos))]++;
        }
    }

    /** What links on that loop tell. */
    public synchronized Watch on(Loop loop) {
        for (Watch watch : watches) {
            if (watch.loop.equals(loop)) {
                return watch;
            }
        }
        Watch watch = new Watch(loop);
        watches.add(watch);
        return watch;
    }

    /** Begins to count anew; while the loops stand still. */
    synchronized void reset() {
        for (Watch watch : watches) {
            watch.released = 0;
            watch.late = 0;
            watch.worstNanos = 0;
            Arrays.fill(watch.byDigits, 0);
        }
    }

    /**
     * {@code RELEASED LATE WORST P50 P99 P999}: packets, packets, and nanoseconds, of which the
     * last three say by how much at most that share of the packets were behind their time (to a
     * factor of two); while the loops stand still.
     */
    synchronized String text() {
        long released = 0;
        long late = 0;
        long worstNanos = 0;
        for (Watch watch : watches) {
            released += watch.released;
            late += watch.late;
            worstNanos = Math.max(worstNanos, watch.worstNanos);
        }
        return released
                + " "
                + late
                + " "
                + worstNanos
                + " "
                + atMost(0.5, released, worstNanos)
                + " "
                + atMost(0.99, released, worstNanos)
                + " "
                + atMost(0.999, released, worstNanos);
    }

    private long atMost(double share, long released, long worstNanos) {
        long wanted = (long) Math.ceil(share * released);
        long seen = 0;
        for (int digits = 0; digits < Long.SIZE; digits++) {
            for (Watch watch : watches) {
                seen += watch.byDigits[digits];
            }
            if (seen >= wanted) {
                return Math.min(worstNanos, (1L << digits) - 1);
            }
        }
        return worstNanos;
    }
}
