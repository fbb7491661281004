package vini.forwarder.elements.ip;

import java.util.Arrays;

/** Blocks of 256 slots with the marks of the prefixes that end in them: see {@link PrefixBlock}. */
final class SlotBlocks {
    /** The bits of an address that choose a slot of a block. */
    static final int WIDTH = 8;

    static final int SLOTS = 1 << WIDTH;

    /** What stands for a block in a slot, with its number. */
    static final int FLAG = 0x8000;

    /** Numbers of blocks are smaller. */
    static final int BLOCKS_MAX = 0x8000;

    private static final int MARK_WORDS = 2 * SLOTS / Long.SIZE;

    /** The slots of all blocks, one after the other. */
    char[] slots = {};

    private long[] marks = {};
    private int ever;
    private int live;
    private int firstFree = -1;

    int live() {
        return live;
    }

    /** Bytes that its arrays take. */
    long bytes() {
        return 2L * slots.length + 8L * marks.length;
    }

    /** A new block, whose slots all have that value. */
    int take(int value) {
        int block = firstFree;
        if (block >= 0) {
            firstFree = slots[block << WIDTH] - 1;
        } else {
            block = ever++;
            if ((block << WIDTH) == slots.length) {
                int more = block + Math.max(2, block / 2);
                slots = Arrays.copyOf(slots, more << WIDTH);
                marks = Arrays.copyOf(marks, more * MARK_WORDS);
            }
        }
        live++;
        Arrays.fill(slots, block << WIDTH, (block + 1) << WIDTH, (char) value);
        return block;
    }

    /** Gives a block back that has no marks; returns the value that its first slot had. */
    char give(int block) {
        char value = slots[block << WIDTH];
        slots[block << WIDTH] = (char) (firstFree + 1);
        firstFree = block;
        live--;
        return value;
    }

    /** Says that the prefix of so many bits is there. */
    void mark(int block, int depth, int bits) {
        int node = 1 << depth | bits;
        marks[block * MARK_WORDS + (node >>> 6)] |= 1L << node;
    }

    void unmark(int block, int depth, int bits) {
        int node = 1 << depth | bits;
        marks[block * MARK_WORDS + (node >>> 6)] &= ~(1L << node);
    }

    /** Sets the slots below a prefix that have no longer prefix. */
    void fill(int block, int depth, int bits, int way) {
        if (depth == WIDTH) {
            int slot = block << WIDTH | bits;
            if ((slots[slot] & FLAG) == 0) {
                slots[slot] = (char) way;
            } else {
                fill(slots[slot] & ~FLAG, 0, 0, way);
            }
            return;
        }
        for (int child = 2 * bits; child <= 2 * bits + 1; child++) {
            int node = 1 << (depth + 1) | child;
            if ((marks[block * MARK_WORDS + (node >>> 6)] & 1L << node) == 0) {
                fill(block, depth + 1, child, way);
            }
        }
    }

    /** Whether no prefix ends in a block, nor below it. */
    boolean isEmpty(int block) {
        for (int i = block * MARK_WORDS; i < (block + 1) * MARK_WORDS; i++) {
            if (marks[i] != 0) {
                return false;
            }
        }
        for (int i = block << WIDTH; i < (block + 1) << WIDTH; i++) {
            if ((slots[i] & FLAG) != 0) {
                return false;
            }
        }
        return true;
    }
}
