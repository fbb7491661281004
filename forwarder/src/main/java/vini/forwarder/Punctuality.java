package vini.forwarder;

/**
 * How well the links of a process keep time: a packet that a busy machine lets out of a delay line
 * more than {@link #LATE_NANOS} after its time has seen another network than the user described.
 */
public final class Punctuality {
    /** What counts as late. */
    public static final long LATE_NANOS = 1_000_000L;

    private long released;
    private long late;
    private long worstNanos;

    /** A packet left a delay line that many nanoseconds after its time. */
    public void released(long behindNanos) {
        released++;
        if (behindNanos > LATE_NANOS) {
            late++;
        }
        worstNanos = Math.max(worstNanos, behindNanos);
    }

    /** Begins to count anew. */
    void reset() {
        released = 0;
        late = 0;
        worstNanos = 0;
    }

    /** {@code RELEASED LATE WORST}: packets, packets, nanoseconds. */
    String text() {
        return released + " " + late + " " + worstNanos;
    }
}
