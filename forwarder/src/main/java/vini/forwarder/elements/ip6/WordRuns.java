package vini.forwarder.elements.ip6;

import java.util.Arrays;

/**
 * Runs of words in one array, each of its own length. What is free again is kept by length, and
 * serves the next run of that length: as nodes of a table grow one by one, that comes soon.
 */
final class WordRuns {
    /** Runs are shorter. */
    private static final int LENGTHS = 256;

    private static final int AT_FIRST = 32;

    /** 96 MB; and so much room is left for the runs of one change. */
    private static final int WORDS_MAX = 12 << 20;

    private static final int CHANGE_MAX = 1 << 14;

    /** The array, which may be another one after each change. */
    long[] words = new long[AT_FIRST];

    private int end;

    /** The first free run of each length, which holds the next; 0 for none. */
    private final int[] free = new int[LENGTHS];

    /** Bytes that its arrays take. */
    long bytes() {
        return 8L * words.length + 4L * LENGTHS;
    }

    boolean isFull() {
        return end > WORDS_MAX - CHANGE_MAX;
    }

    /** A run of so many zeros, 1 or more. */
    int take(int length) {
        int run = free[length];
        if (run != 0) {
            free[length] = (int) words[run];
            Arrays.fill(words, run, run + length, 0);
            return run;
        }
        if (end + length > words.length) {
            int more = Math.min(words.length + (words.length >> 1), WORDS_MAX);
            words = Arrays.copyOf(words, Math.max(more, end + length));
        }
        end += length;
        return end - length;
    }

    /** Gives a run back; none of length 0. */
    void give(int run, int length) {
        if (length > 0) {
            words[run] = free[length];
            free[length] = run;
        }
    }

    /** Moves a run to one with {@code more} zeros at {@code at}. */
    int insert(int run, int length, int at, int more) {
        int larger = take(length + more);
        System.arraycopy(words, run, words, larger, at);
        System.arraycopy(words, run + at, words, larger + at + more, length - at);
        give(run, length);
        return larger;
    }

    /** Moves a run to one without the {@code less} words at {@code at}; 0 if nothing is left. */
    int delete(int run, int length, int at, int less) {
        int smaller = length == less ? 0 : take(length - less);
        System.arraycopy(words, run, words, smaller, at);
        System.arraycopy(words, run + at + less, words, smaller + at, length - at - less);
        give(run, length);
        return smaller;
    }
}
