package vini.forwarder.host.tcp;

import java.util.Arrays;

/**
 * Ranges [from, to) of sequence numbers, ascending, which neither overlap nor touch. There are at
 * most so many, and their memory is taken as they come.
 */
final class Ranges {
    private static final int COUNT_FIRST = 8;
    private static final long[] NONE = {};

    private final int max;
    private long[] edges = NONE;
    private int count;
    private long bytes;

    Ranges(int max) {
        this.max = max;
    }

    int count() {
        return count;
    }

    boolean isEmpty() {
        return count == 0;
    }

    long from(int index) {
        return edges[2 * index];
    }

    long to(int index) {
        return edges[2 * index + 1];
    }

    /** The end of the last range; there must be one. */
    long end() {
        return to(count - 1);
    }

    /** How many sequence numbers all of them hold. */
    long bytes() {
        return bytes;
    }

    /** The index of the first range that ends behind {@code sequence}; the count if none does. */
    int firstEndingAfter(long sequence) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (to(middle) > sequence) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The index of the range that holds {@code sequence}, or -1. */
    int indexOf(long sequence) {
        int index = firstEndingAfter(sequence);
        return index < count && from(index) <= sequence ? index : -1;
    }

    /** Sequence numbers below {@code sequence} that a range holds. */
    long bytesBelow(long sequence) {
        if (count == 0 || sequence >= to(count - 1)) {
            return bytes;
        }
        long sum = 0;
        for (int i = 0; i < count && from(i) < sequence; i++) {
            sum += Math.min(to(i), sequence) - from(i);
        }
        return sum;
    }

    /** Adds what is not there yet of a range; false if that would make one too many. */
    boolean add(long from, long to) {
        int first = firstEndingAfter(from - 1); // one that ends exactly at from touches it
        int behind = first;
        long mergedFrom = from;
        long mergedTo = to;
        while (behind < count && from(behind) <= to) {
            mergedFrom = Math.min(mergedFrom, from(behind));
            mergedTo = Math.max(mergedTo, to(behind));
            bytes -= to(behind) - from(behind);
            behind++;
        }
        if (behind == first && count == max) {
            return false;
        }
        if (behind == first && 2 * count == edges.length) {
            int larger = Math.min(max, Math.max(COUNT_FIRST, 2 * count));
            edges = Arrays.copyOf(edges, 2 * larger);
        }
        System.arraycopy(edges, 2 * behind, edges, 2 * (first + 1), 2 * (count - behind));
        edges[2 * first] = mergedFrom;
        edges[2 * first + 1] = mergedTo;
        bytes += mergedTo - mergedFrom;
        count += 1 - (behind - first);
        return true;
    }

    /** Forgets all that is before {@code sequence}. */
    void removeBelow(long sequence) {
        if (count == 0 || from(0) >= sequence) {
            return;
        }
        bytes -= bytesBelow(sequence);
        int keep = firstEndingAfter(sequence);
        count -= keep;
        System.arraycopy(edges, 2 * keep, edges, 0, 2 * count);
        if (count > 0) {
            edges[0] = Math.max(edges[0], sequence);
        }
    }

    void clear() {
        count = 0;
        bytes = 0;
    }
}
