package vini.forwarder.elements.ip6;

import java.util.Arrays;

/**
 * IPv6 prefixes with numbers, found by the longest that contains an address: an open-addressed
 * table of longs, 43 to 85 bytes a prefix, which is asked for each length that is in use, the
 * longest first. A full table has some twenty lengths, and the processor asks for several at once;
 * a trie would wait for memory at each of its twenty to forty nodes.
 */
final class Ip6PrefixMap {
    private static final int LENGTHS = 129;
    private static final int STRIDE = 4;
    private static final int STRIDE_SHIFT = 2;
    private static final int SLOTS_AT_FIRST = 4;
    private static final int NUMBER_SHIFT = 8;

    // The words of a slot: high and low half of the prefix, then number and length, 0 if empty.
    private static final int LOW = 1;
    private static final int ROW = 2;

    private long[] slots = new long[SLOTS_AT_FIRST * STRIDE];
    private int size;
    private final int[] counts = new int[LENGTHS];

    /** The lengths in use, the longest first. */
    private int[] lengths = {};

    /** Takes a row of the table. */
    interface Rows {
        void row(long high, long low, int length, int number);
    }

    int size() {
        return size;
    }

    /** Bytes that its array takes. */
    long bytes() {
        return 8L * slots.length;
    }

    private static long mask(int length) {
        return length <= 0 ? 0 : length >= 64 ? -1L : -1L << (64 - length);
    }

    private static int home(long high, long low, int length, int mask) {
        long mixed = (high ^ length) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 32 ^ low) * 0xbf58476d1ce4e5b9L;
        return (int) (mixed >>> 36) & mask;
    }

    /** Where a prefix stands, or the empty slot where it would. */
    private int slot(long high, long low, int length) {
        int mask = (slots.length >> STRIDE_SHIFT) - 1;
        int at = home(high, low, length, mask);
        while (true) {
            int slot = at << STRIDE_SHIFT;
            long row = slots[slot + ROW];
            if (row == 0
                    || slots[slot] == high && slots[slot + LOW] == low && (row & 0xff) == length) {
                return slot;
            }
            at = at + 1 & mask;
        }
    }

    /** The number of the longest prefix that contains the address, or 0. */
    int lookup(long high, long low) {
        for (int length : lengths) {
            int slot = slot(high & mask(length), low & mask(length - 64), length);
            long row = slots[slot + ROW];
            if (row != 0) {
                return (int) (row >>> NUMBER_SHIFT);
            }
        }
        return 0;
    }

    /** The number of a prefix, or 0. */
    int get(long high, long low, int length) {
        return (int) (slots[slot(high, low, length) + ROW] >>> NUMBER_SHIFT);
    }

    /** Puts a prefix in, or gives it another number, 1 or more. */
    void put(long high, long low, int length, int number) {
        int slot = slot(high, low, length);
        boolean isNew = slots[slot + ROW] == 0;
        slots[slot] = high;
        slots[slot + LOW] = low;
        slots[slot + ROW] = (long) number << NUMBER_SHIFT | length;
        if (isNew) {
            if (counts[length]++ == 0) {
                listLengths();
            }
            if (++size * 4L * STRIDE > slots.length * 3L) {
                grow();
            }
        }
    }

    private void listLengths() {
        int[] used = new int[LENGTHS];
        int n = 0;
        for (int length = LENGTHS - 1; length >= 0; length--) {
            if (counts[length] > 0) {
                used[n++] = length;
            }
        }
        lengths = Arrays.copyOf(used, n);
    }

    private void grow() {
        long[] before = slots;
        slots = new long[before.length * 2];
        for (int i = 0; i < before.length; i += STRIDE) {
            if (before[i + ROW] != 0) {
                int slot = slot(before[i], before[i + LOW], (int) before[i + ROW] & 0xff);
                System.arraycopy(before, i, slots, slot, STRIDE);
            }
        }
    }

    /** Takes a prefix out that is there, and moves up what had to stand behind it. */
    void remove(long high, long low, int length) {
        int slot = slot(high, low, length);
        if (slots[slot + ROW] == 0) {
            return;
        }
        size--;
        if (--counts[length] == 0) {
            listLengths();
        }
        int mask = (slots.length >> STRIDE_SHIFT) - 1;
        int hole = slot >> STRIDE_SHIFT;
        for (int at = hole + 1 & mask; slots[(at << STRIDE_SHIFT) + ROW] != 0; at = at + 1 & mask) {
            int from = at << STRIDE_SHIFT;
            int length2 = (int) slots[from + ROW] & 0xff;
            int home = home(slots[from], slots[from + LOW], length2, mask);
            if ((at - home & mask) >= (at - hole & mask)) {
                System.arraycopy(slots, from, slots, hole << STRIDE_SHIFT, STRIDE);
                hole = at;
            }
        }
        slots[(hole << STRIDE_SHIFT) + ROW] = 0;
    }

    /** All rows, in no order that means anything. */
    void forEach(Rows rows) {
        for (int i = 0; i < slots.length; i += STRIDE) {
            long row = slots[i + ROW];
            if (row != 0) {
                rows.row(slots[i], slots[i + LOW], (int) row & 0xff, (int) (row >>> NUMBER_SHIFT));
            }
        }
    }
}
