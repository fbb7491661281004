package vini.forwarder.elements.ip;

import java.util.Arrays;

/**
 * Longest prefix match in at most four steps of eight bits, with leaves pushed down (Srinivasan and
 * Varghese 1999): 1 KB for each block of 256, so a small table is small. Values are positive.
 */
final class PrefixTrie {
    private static final int FAN_OUT = 256;
    private static final int NOTHING = 0;

    /** A slot: 0 nothing, positive a value with its prefix length, negative a child block. */
    private int[] slots = new int[FAN_OUT];

    private byte[] lengths = new byte[FAN_OUT];
    private int used = FAN_OUT;
    private int freeBlocks = -1;

    /** The value of the longest prefix that contains the address, or 0. */
    int lookup(int address) {
        int slot = slots[address >>> 24];
        for (int shift = 16; slot < 0; shift -= 8) {
            slot = slots[-slot + (address >>> shift & 0xff)];
        }
        return slot;
    }

    /** Puts a prefix in, or gives it another value. */
    void put(int prefix, int length, int value) {
        change(0, prefix, length, 24, length, value, length);
    }

    /**
     * Takes a prefix out.
     *
     * @param value the value of the longest shorter prefix that contains it, or 0
     * @param valueLength the length of that prefix
     */
    void remove(int prefix, int length, int value, int valueLength) {
        change(0, prefix, length, 24, length, value, valueLength);
    }

    /** Sets each slot under the prefix that has no longer prefix of its own. */
    private void change(
            int block, int prefix, int length, int shift, int old, int value, int valueLength) {
        int first = block + (prefix >>> shift & 0xff);
        if (length > 32 - shift) {
            if (slots[first] >= 0) {
                int child = newBlock(slots[first], lengths[first]);
                slots[first] = -child;
            }
            change(-slots[first], prefix, length, shift - 8, old, value, valueLength);
            shrink(first);
            return;
        }
        int count = 1 << (32 - shift - length);
        for (int i = first; i < first + count; i++) {
            set(i, old, value, valueLength);
        }
    }

    private void set(int slot, int old, int value, int valueLength) {
        if (slots[slot] < 0) {
            int child = -slots[slot];
            for (int i = child; i < child + FAN_OUT; i++) {
                set(i, old, value, valueLength);
            }
            shrink(slot);
        } else if (slots[slot] == NOTHING || lengths[slot] <= old) {
            slots[slot] = value;
            lengths[slot] = (byte) valueLength;
        }
    }

    /** Gives a child block back whose slots are all the same. */
    private void shrink(int slot) {
        int child = -slots[slot];
        int value = slots[child];
        byte length = lengths[child];
        for (int i = child; i < child + FAN_OUT; i++) {
            if (slots[i] != value || slots[i] < 0 || lengths[i] != length) {
                return;
            }
        }
        slots[slot] = value;
        lengths[slot] = length;
        slots[child] = freeBlocks;
        freeBlocks = child;
    }

    /** How many blocks there ever were, the root included: what the table occupies, in KB. */
    int blocks() {
        return used / FAN_OUT;
    }

    private int newBlock(int value, byte length) {
        int block;
        if (freeBlocks >= 0) {
            block = freeBlocks;
            freeBlocks = slots[block];
        } else {
            if (used == slots.length) {
                slots = Arrays.copyOf(slots, used * 2);
                lengths = Arrays.copyOf(lengths, used * 2);
            }
            block = used;
            used += FAN_OUT;
        }
        Arrays.fill(slots, block, block + FAN_OUT, value);
        Arrays.fill(lengths, block, block + FAN_OUT, length);
        return block;
    }
}
