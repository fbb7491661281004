package vini.forwarder.host.app;

/**
 * How often which delay occurred: exact to a microsecond up to 1 ms, and to 0.2 % above. One word
 * of text for each delay that did: {@code 38100:12} is twelve times 38.1 ms.
 */
public final class DelayCounts {
    private static final int LINEAR = 1024;
    private static final int HALF = LINEAR / 2;

    /** Delays of 2^36 us, 19 hours, and longer share the last place. */
    private static final int OCTAVES = 26;

    private static final long MICRO = 1000;

    private final int[] counts = new int[LINEAR + OCTAVES * HALF];
    private int lowest = counts.length;
    private int highest = -1;

    /** Counts one; a delay below 0 counts as none. */
    void add(long nanos) {
        int place = place(Math.max(0, nanos) / MICRO);
        counts[place]++;
        lowest = Math.min(lowest, place);
        highest = Math.max(highest, place);
    }

    private static int place(long micros) {
        if (micros < LINEAR) {
            return (int) micros;
        }
        int shift = Long.SIZE - Long.numberOfLeadingZeros(micros) - 10;
        int place = LINEAR + (shift - 1) * HALF + (int) (micros >>> shift) - HALF;
        return Math.min(place, LINEAR + OCTAVES * HALF - 1);
    }

    /** The middle of the delays that a place stands for. */
    private static long micros(int place) {
        if (place < LINEAR) {
            return place;
        }
        int shift = (place - LINEAR) / HALF + 1;
        long mantissa = (place - LINEAR) % HALF + (long) HALF;
        return (mantissa << shift) + (1L << (shift - 1));
    }

    /** What was counted, {@code MICROS:COUNT} with spaces between; begins anew. */
    String take() {
        StringBuilder text = new StringBuilder();
        for (int i = lowest; i <= highest; i++) {
            if (counts[i] > 0) {
                text.append(text.isEmpty() ? "" : " ").append(micros(i)).append(':');
                text.append(counts[i]);
                counts[i] = 0;
            }
        }
        lowest = counts.length;
        highest = -1;
        return text.toString();
    }
}
