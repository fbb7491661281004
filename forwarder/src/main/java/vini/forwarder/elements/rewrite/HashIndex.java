package vini.forwarder.elements.rewrite;

/**
 * An open-addressed index of references, by the hashes of their keys: Knuth 6.4, linear probing, at
 * most half full, so that probes stay short. It holds no keys; who looks one up walks the slots
 * from its hash on and compares. It takes 16 to 32 bytes a reference.
 */
public final class HashIndex {
    /** The hash in the high half, the reference plus 1 in the low; 0 where empty. */
    private long[] slots;

    private int size;

    /**
     * An empty one.
     *
     * @param slotsAtFirst a power of two
     */
    public HashIndex(int slotsAtFirst) {
        slots = new long[slotsAtFirst];
    }

    /**
     * The slots, a power of two, for a search only: from {@code hash} on, masked and wrapping
     * around, to the first that is 0. A slot has the hash in its high half and the reference plus 1
     * in its low one.
     */
    public long[] slots() {
        return slots;
    }

    /** How many references there are. */
    public int size() {
        return size;
    }

    /** Bytes of memory that it takes. */
    public long bytes() {
        return 8L * slots.length;
    }

    /** Puts a reference in, 0 or greater, which is not there. */
    public void enter(int hash, int reference) {
        size++;
        if (size * 2L > slots.length) {
            grow();
        }
        put(slots, (long) hash << 32 | reference + 1);
    }

    private static void put(long[] into, long slot) {
        int mask = into.length - 1;
        int at = (int) (slot >>> 32) & mask;
        while (into[at] != 0) {
            at = at + 1 & mask;
        }
        into[at] = slot;
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        for (long slot : slots) {
            if (slot != 0) {
                put(larger, slot);
            }
        }
        slots = larger;
    }

    /**
     * Takes a reference out and moves up what had to stand behind it (Knuth 6.4, algorithm R); does
     * nothing if it is not there.
     */
    public void remove(int hash, int reference) {
        int mask = slots.length - 1;
        int hole = hash & mask;
        while ((int) slots[hole] != reference + 1) {
            if (slots[hole] == 0) {
                return;
            }
            hole = hole + 1 & mask;
        }
        for (int at = hole + 1 & mask; slots[at] != 0; at = at + 1 & mask) {
            int home = (int) (slots[at] >>> 32) & mask;
            if ((at - home & mask) >= (at - hole & mask)) {
                slots[hole] = slots[at];
                hole = at;
            }
        }
        slots[hole] = 0;
        size--;
    }
}
