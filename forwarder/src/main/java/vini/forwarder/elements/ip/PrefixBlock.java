package vini.forwarder.elements.ip;

import java.util.Arrays;

/**
 * The longest prefix match in one /8: a root of 2^8 or 2^16 slots, one for each value of the bits
 * that follow, and blocks of 256 for those that have longer prefixes, with leaves pushed down
 * (Srinivasan and Varghese 1999). A slot holds 0, the number of a way, or that of a block.
 *
 * <p>Which of its prefixes are there is known by marks, a bit for each prefix that can end in a
 * root or block: so a change paints just the slots that have no longer prefix, and no slot needs to
 * know the length of what it holds.
 *
 * <p>Roots are small first (8-8-8 bits). When there are many blocks it becomes a large one (16-8),
 * which is found in one step or two; it becomes small again when a quarter of the prefixes is left,
 * so that it does not go to and fro. A large root takes 144 KB, and the change some 100 us.
 */
final class PrefixBlock {
    /** What stands for a block in a slot. */
    static final int FLAG = 0x8000;

    static final int SMALL = 1 << 8;
    static final int LARGE = 1 << 16;

    /** Blocks that there can be in one /8, besides its root. */
    static final int BLOCKS_MAX = 0x7fff;

    private static final int WIDTH = 8;
    private static final int SLOTS = 1 << WIDTH;
    private static final int MARK_WORDS = 2 * SLOTS / Long.SIZE;

    /** 64 KB with their marks, half of what a large root takes. */
    private static final int SMALL_BLOCKS_MAX = 96;

    private static final int BITS = 24;

    private final boolean alwaysLarge;
    private final PrefixMap routes = new PrefixMap();
    private char[] root = {};
    private long[] rootMarks = {};
    private int rootWidth;
    private char[] slots = {};
    private long[] marks = {};
    private int blocksEver;
    private int blocks;
    private int firstFree = -1;

    /** Where it becomes small again. */
    private int smallAgain;

    PrefixBlock(boolean alwaysLarge) {
        this.alwaysLarge = alwaysLarge;
        clear(alwaysLarge);
    }

    private void clear(boolean large) {
        rootWidth = large ? BITS - WIDTH : WIDTH;
        root = new char[1 << rootWidth];
        rootMarks = new long[2 * root.length / Long.SIZE];
        slots = new char[0];
        marks = new long[0];
        blocksEver = 0;
        blocks = 0;
        firstFree = -1;
    }

    /** Its root, whose length tells its form; another one after each change of form. */
    char[] root() {
        return root;
    }

    PrefixMap routes() {
        return routes;
    }

    boolean isFull() {
        return blocks >= BLOCKS_MAX - 1;
    }

    /** Bytes that its arrays take. */
    long bytes() {
        return routes.bytes()
                + 2L * (root.length + slots.length)
                + 8L * (rootMarks.length + marks.length);
    }

    /** What an address finds whose slot in the root leads to a block. */
    int lookup(int block, int address) {
        int value = block;
        if (root.length == SMALL) {
            value = slots[(value & ~FLAG) << WIDTH | address >>> WIDTH & SLOTS - 1];
            if ((value & FLAG) == 0) {
                return value;
            }
        }
        return slots[(value & ~FLAG) << WIDTH | address & SLOTS - 1];
    }

    /**
     * Puts a prefix in, or gives it another way.
     *
     * @param low24 the prefix without its first octet
     * @param length 9 to 32
     */
    void put(int low24, int length, int way) {
        routes.put(low24, length, way);
        place(low24, length, way);
        if (rootWidth == WIDTH && blocks > SMALL_BLOCKS_MAX) {
            rebuild(true);
            smallAgain = routes.size() / 4;
        }
    }

    /** Takes a prefix out that is there. */
    void remove(int low24, int length) {
        routes.remove(low24, length);
        if (rootWidth > WIDTH && !alwaysLarge && routes.size() < smallAgain) {
            rebuild(false);
        } else {
            displace(low24, length);
        }
    }

    private void rebuild(boolean large) {
        clear(large);
        for (long entry : routes.sorted()) {
            place(PrefixMap.low24(entry), PrefixMap.length(entry), PrefixMap.way(entry));
        }
    }

    private void place(int low24, int length, int way) {
        int depth = length - 8;
        if (depth <= rootWidth) {
            int at = low24 >>> (BITS - depth);
            mark(rootMarks, 0, 1 << depth | at);
            fillRoot(depth, at, way);
            return;
        }
        int slot = low24 >>> (BITS - rootWidth);
        if ((root[slot] & FLAG) == 0) {
            root[slot] = newBlock(root[slot]);
        }
        int block = root[slot] & ~FLAG;
        int passed = rootWidth;
        while (depth - passed > WIDTH) {
            int at = block << WIDTH | low24 >>> (BITS - WIDTH - passed) & SLOTS - 1;
            if ((slots[at] & FLAG) == 0) {
                char added = newBlock(slots[at]);
                slots[at] = added;
            }
            block = slots[at] & ~FLAG;
            passed += WIDTH;
        }
        int own = depth - passed;
        int at = low24 >>> (BITS - depth) & (1 << own) - 1;
        mark(marks, block * MARK_WORDS, 1 << own | at);
        fill(block, own, at, way);
    }

    private static void mark(long[] in, int base, int node) {
        in[base + (node >>> 6)] |= 1L << node;
    }

    private static boolean isMarked(long[] in, int base, int node) {
        return (in[base + (node >>> 6)] & 1L << node) != 0;
    }

    /** Sets the slots of the root below a place that have no longer prefix. */
    private void fillRoot(int depth, int at, int way) {
        if (depth == rootWidth) {
            if ((root[at] & FLAG) == 0) {
                root[at] = (char) way;
            } else {
                fill(root[at] & ~FLAG, 0, 0, way);
            }
            return;
        }
        for (int child = 2 * at; child <= 2 * at + 1; child++) {
            if (!isMarked(rootMarks, 0, 1 << (depth + 1) | child)) {
                fillRoot(depth + 1, child, way);
            }
        }
    }

    /** The same in a block. */
    private void fill(int block, int depth, int at, int way) {
        if (depth == WIDTH) {
            int slot = block << WIDTH | at;
            if ((slots[slot] & FLAG) == 0) {
                slots[slot] = (char) way;
            } else {
                fill(slots[slot] & ~FLAG, 0, 0, way);
            }
            return;
        }
        for (int child = 2 * at; child <= 2 * at + 1; child++) {
            if (!isMarked(marks, block * MARK_WORDS, 1 << (depth + 1) | child)) {
                fill(block, depth + 1, child, way);
            }
        }
    }

    /** Takes the mark of a prefix away, and paints over it what covers it. */
    private void displace(int low24, int length) {
        int depth = length - 8;
        int cover = 0;
        for (int shorter = depth - 1; shorter > 0 && cover == 0; shorter--) {
            if (mayHave(low24, shorter)) {
                cover = routes.get(low24 & cutOff(shorter), shorter + 8);
            }
        }
        if (depth <= rootWidth) {
            int at = low24 >>> (BITS - depth);
            unmark(rootMarks, 0, 1 << depth | at);
            fillRoot(depth, at, cover);
            return;
        }
        int slot = low24 >>> (BITS - rootWidth);
        int block = root[slot] & ~FLAG;
        int upper = -1;
        int passed = rootWidth;
        if (depth - passed > WIDTH) {
            upper = block << WIDTH | low24 >>> (BITS - WIDTH - passed) & SLOTS - 1;
            block = slots[upper] & ~FLAG;
            passed += WIDTH;
        }
        int own = depth - passed;
        int at = low24 >>> (BITS - depth) & (1 << own) - 1;
        unmark(marks, block * MARK_WORDS, 1 << own | at);
        fill(block, own, at, cover);
        if (upper >= 0 && isEmpty(block)) {
            slots[upper] = give(block);
            block = root[slot] & ~FLAG;
        }
        if (isEmpty(block)) {
            root[slot] = give(block);
        }
    }

    /** Whether a mark says, where it is quickly found, that a prefix is there. */
    private boolean mayHave(int low24, int depth) {
        return depth > rootWidth || isMarked(rootMarks, 0, 1 << depth | low24 >>> (BITS - depth));
    }

    private static int cutOff(int depth) {
        return -1 << (BITS - depth);
    }

    private static void unmark(long[] in, int base, int node) {
        in[base + (node >>> 6)] &= ~(1L << node);
    }

    /** Whether no prefix ends in a block, nor below it. */
    private boolean isEmpty(int block) {
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

    /** Gives an empty block back; returns the one value that its slots had. */
    private char give(int block) {
        char value = slots[block << WIDTH];
        slots[block << WIDTH] = (char) (firstFree + 1);
        firstFree = block;
        blocks--;
        return value;
    }

    private char newBlock(char value) {
        int block = firstFree;
        if (block >= 0) {
            firstFree = slots[block << WIDTH] - 1;
        } else {
            block = blocksEver++;
            if ((block << WIDTH) == slots.length) {
                int more = block + Math.max(2, block / 2);
                slots = Arrays.copyOf(slots, more << WIDTH);
                marks = Arrays.copyOf(marks, more * MARK_WORDS);
            }
        }
        blocks++;
        Arrays.fill(slots, block << WIDTH, (block + 1) << WIDTH, value);
        return (char) (FLAG | block);
    }
}
