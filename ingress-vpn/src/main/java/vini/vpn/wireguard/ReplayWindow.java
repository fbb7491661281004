package vini.vpn.wireguard;

/**
 * Which counters of the last {@link #SIZE} have come (paper, 5.4.6, after RFC 6479): a ring of
 * words of bits. A counter is {@link #accept}ed once, and only after its message has proved to be
 * genuine.
 */
final class ReplayWindow {
    /** How far behind the highest a counter may be. */
    static final int SIZE = 8192;

    /** A word more than the window, so that the one that is being filled never has old bits. */
    private static final int WORDS = SIZE / Long.SIZE * 2;

    private final long[] words = new long[WORDS];

    /** One more than the highest that has come. */
    private long next;

    /** Whether a counter may be accepted: it is not too old, and has not come. */
    boolean isNew(long counter) {
        if (Long.compareUnsigned(counter, next) >= 0) {
            return true;
        }
        return Long.compareUnsigned(next - counter, SIZE) <= 0
                && (words[word(counter)] & 1L << counter) == 0;
    }

    /** Takes a counter that {@link #isNew}. */
    void accept(long counter) {
        if (Long.compareUnsigned(counter, next) >= 0) {
            long ahead = next == 0 ? WORDS : (counter >>> 6) - (next - 1 >>> 6);
            for (long i = Math.min(ahead, WORDS) - 1; i >= 0; i--) {
                words[word(counter - (i << 6))] = 0;
            }
            next = counter + 1;
        }
        words[word(counter)] |= 1L << counter;
    }

    private static int word(long counter) {
        return (int) (counter >>> 6) & WORDS - 1;
    }
}
