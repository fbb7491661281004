package vini.forwarder.elements.ip;

import java.util.Arrays;

/**
 * The numbers of the ways that the prefixes of one /8 have, in an open-addressed table of longs: 11
 * to 21 bytes a prefix, no object for any.
 */
final class PrefixMap {
    private static final int NUMBER_BITS = 16;
    private static final int LENGTH_BITS = 6;
    private static final int SLOTS_AT_FIRST = 4;

    /** The low 24 bits of a prefix, its length and its way's number, from high to low; 0 empty. */
    private long[] slots = new long[SLOTS_AT_FIRST];

    private int size;

    static int low24(long entry) {
        return (int) (entry >>> (LENGTH_BITS + NUMBER_BITS));
    }

    static int length(long entry) {
        return (int) (entry >>> NUMBER_BITS) & ((1 << LENGTH_BITS) - 1);
    }

    static int way(long entry) {
        return (int) entry & ((1 << NUMBER_BITS) - 1);
    }

    private static long key(int low24, int length) {
        return (long) low24 << LENGTH_BITS | length;
    }

    private static int home(long key, int mask) {
        return (int) (key * 0x9e3779b97f4a7c15L >>> 40) & mask;
    }

    int size() {
        return size;
    }

    /** The slot of a key, or the empty one where it would stand. */
    private int slot(long key) {
        int mask = slots.length - 1;
        int at = home(key, mask);
        while (slots[at] != 0 && slots[at] >>> NUMBER_BITS != key) {
            at = at + 1 & mask;
        }
        return at;
    }

    /** The way of a prefix, or 0. */
    int get(int low24, int length) {
        return way(slots[slot(key(low24, length))]);
    }

    /** Gives a prefix a way, and returns the one that it had, or 0. */
    int put(int low24, int length, int way) {
        long key = key(low24, length);
        int at = slot(key);
        long old = slots[at];
        slots[at] = key << NUMBER_BITS | way;
        if (old == 0 && ++size * 4 > slots.length * 3) {
            grow();
        }
        return way(old);
    }

    private void grow() {
        long[] before = slots;
        slots = new long[before.length * 2];
        for (long entry : before) {
            if (entry != 0) {
                slots[slot(entry >>> NUMBER_BITS)] = entry;
            }
        }
    }

    /** Takes a prefix out, and moves up what had to stand behind it (Knuth 6.4, algorithm R). */
    void remove(int low24, int length) {
        int mask = slots.length - 1;
        int hole = slot(key(low24, length));
        if (slots[hole] == 0) {
            return;
        }
        size--;
        for (int at = hole + 1 & mask; slots[at] != 0; at = at + 1 & mask) {
            int home = home(slots[at] >>> NUMBER_BITS, mask);
            if ((at - home & mask) >= (at - hole & mask)) {
                slots[hole] = slots[at];
                hole = at;
            }
        }
        slots[hole] = 0;
    }

    /** What is in it, by address, a shorter prefix before those that it contains. */
    long[] sorted() {
        long[] entries = new long[size];
        int n = 0;
        for (long entry : slots) {
            if (entry != 0) {
                entries[n++] = entry;
            }
        }
        Arrays.sort(entries);
        return entries;
    }

    /** The bytes of its array. */
    long bytes() {
        return 8L * slots.length;
    }
}
