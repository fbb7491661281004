package vini.forwarder.host.app;

import java.util.Arrays;

/**
 * Tells of each arrival whether it is the first of its number, and whether it is reordered as RFC
 * 4737 3.3 has it: its number is smaller than one that has arrived before it. It remembers the
 * latest {@value #SIZE} numbers.
 */
final class SequenceWindow {
    /** How far back a number may be from the greatest; a power of two. */
    static final int SIZE = 1 << 17;

    private static final int WORD = 64;

    /** What an arrival is. */
    enum Arrival {
        IN_ORDER,
        REORDERED,
        DUPLICATE,
        /** So far back that nobody remembers whether it came before. */
        FORGOTTEN
    }

    private final long[] seen = new long[SIZE / WORD];

    /** NextExp of RFC 4737: one more than the greatest number that has arrived. */
    private long next;

    /** Takes a number, at least 0. */
    Arrival arrived(long number) {
        if (number >= next) {
            clear(number);
            next = number + 1;
            set(number);
            return Arrival.IN_ORDER;
        }
        if (next - number > SIZE) {
            return Arrival.FORGOTTEN;
        }
        if ((seen[word(number)] & bit(number)) != 0) {
            return Arrival.DUPLICATE;
        }
        set(number);
        return Arrival.REORDERED;
    }

    /** Forgets what was in the places of the numbers from {@code next} to that one. */
    private void clear(long number) {
        if (number - next >= SIZE) {
            Arrays.fill(seen, 0);
            return;
        }
        for (long n = next; n <= number; n++) {
            seen[word(n)] &= ~bit(n);
        }
    }

    private void set(long number) {
        seen[word(number)] |= bit(number);
    }

    private static int word(long number) {
        return (int) (number & (SIZE - 1)) / WORD;
    }

    private static long bit(long number) {
        return 1L << (number & (WORD - 1));
    }
}
