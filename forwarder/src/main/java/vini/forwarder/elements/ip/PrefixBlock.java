package vini.forwarder.elements.ip;

/**
 * The longest prefix match in one /8, with leaves pushed down (Srinivasan and Varghese 1999): three
 * steps of 8 bits, or one of 16 and one of 8. A slot holds 0, the number of a way, or that of a
 * block for the next 8 bits.
 *
 * <p>Which of its prefixes are there is known by marks, a bit for each prefix that can end in a
 * root or block: so a change paints just the slots that have no longer prefix, and no slot needs to
 * know the length of what it holds.
 *
 * <p>It is small first. When it has many blocks it gets a large root of 2^16 slots: most addresses
 * are found in one step then. It becomes small again when few of the prefixes are left, so that it
 * does not go to and fro. A large root takes 144 KB, and either change some 100 us.
 */
final class PrefixBlock {
    private static final int LARGE_WIDTH = 16;

    /** 36 KB, a quarter of what a large root takes. */
    private static final int SMALL_BLOCKS_MAX = 64;

    private static final int OCTET = 8;
    private static final int BITS = 24;

    private final boolean alwaysLarge;
    private final PrefixMap routes = new PrefixMap();

    /** In use while it is large. */
    private char[] root = {};

    private long[] rootMarks = {};
    private SlotBlocks blocks = new SlotBlocks();
    private boolean large;

    /** Where it becomes small again. */
    private int smallAgain;

    PrefixBlock(boolean alwaysLarge) {
        this.alwaysLarge = alwaysLarge;
        clear(alwaysLarge);
    }

    private void clear(boolean newLarge) {
        large = newLarge;
        blocks = new SlotBlocks();
        if (large) {
            root = new char[1 << LARGE_WIDTH];
            rootMarks = new long[2 * root.length / Long.SIZE];
        } else {
            root = new char[0];
            rootMarks = new long[0];
            int ignored = blocks.take(0); // the root, number 0
        }
    }

    boolean isLarge() {
        return large;
    }

    /** The slots of the large root; or those of all blocks, of which the first is the small one. */
    char[] root() {
        return large ? root : blocks.slots;
    }

    /** Finds further in the blocks of a large one. */
    int lookup(int slot, int address) {
        return blocks.slots[(slot & ~SlotBlocks.FLAG) << SlotBlocks.WIDTH | address & 0xff];
    }

    PrefixMap routes() {
        return routes;
    }

    boolean isFull() {
        return large && blocks.live() >= SlotBlocks.BLOCKS_MAX;
    }

    /** Bytes that its own arrays take. */
    long bytes() {
        return routes.bytes() + 2L * root.length + 8L * rootMarks.length + blocks.bytes();
    }

    /**
     * Puts a prefix in, or gives it another way.
     *
     * @param low24 the prefix without its first octet
     * @param length 9 to 32
     */
    void put(int low24, int length, int way) {
        int ignored = routes.put(low24, length, way);
        place(low24, length, way);
        if (!large && blocks.live() > SMALL_BLOCKS_MAX) {
            rebuild(true);
            // So few that they cannot need more blocks than there may be: at most two each.
            smallAgain = Math.min(routes.size() / 4, SMALL_BLOCKS_MAX / 2);
        }
    }

    /** Takes a prefix out that is there. */
    void remove(int low24, int length) {
        routes.remove(low24, length);
        if (large && !alwaysLarge && routes.size() < smallAgain) {
            rebuild(false);
        } else {
            displace(low24, length);
        }
    }

    private void rebuild(boolean newLarge) {
        clear(newLarge);
        for (long entry : routes.sorted()) {
            place(PrefixMap.low24(entry), PrefixMap.length(entry), PrefixMap.way(entry));
        }
    }

    /** The bits of the prefix from {@code from} to {@code to}. */
    private static int bits(int low24, int from, int to) {
        return low24 >>> (BITS - to) & ((1 << (to - from)) - 1);
    }

    private void place(int low24, int length, int way) {
        int depth = length - OCTET;
        int passed = 0;
        int block = 0;
        if (large) {
            if (depth <= LARGE_WIDTH) {
                int at = bits(low24, 0, depth);
                int node = 1 << depth | at;
                rootMarks[node >>> 6] |= 1L << node;
                fillRoot(depth, at, way);
                return;
            }
            passed = LARGE_WIDTH;
            int slot = bits(low24, 0, passed);
            if ((root[slot] & SlotBlocks.FLAG) == 0) {
                root[slot] = (char) (SlotBlocks.FLAG | blocks.take(root[slot]));
            }
            block = root[slot] & ~SlotBlocks.FLAG;
        }
        while (depth - passed > SlotBlocks.WIDTH) {
            int slot = slot(block, low24, passed);
            if ((blocks.slots[slot] & SlotBlocks.FLAG) == 0) {
                int added = blocks.take(blocks.slots[slot]);
                blocks.slots[slot] = (char) (SlotBlocks.FLAG | added);
            }
            block = blocks.slots[slot] & ~SlotBlocks.FLAG;
            passed += SlotBlocks.WIDTH;
        }
        int at = bits(low24, passed, depth);
        blocks.mark(block, depth - passed, at);
        blocks.fill(block, depth - passed, at, way);
    }

    /** The slot of the 8 bits after those passed. */
    private static int slot(int block, int low24, int passed) {
        return block << SlotBlocks.WIDTH | bits(low24, passed, passed + SlotBlocks.WIDTH);
    }

    /** As {@link SlotBlocks#fill}, in the large root. */
    private void fillRoot(int depth, int bits, int way) {
        if (depth == LARGE_WIDTH) {
            if ((root[bits] & SlotBlocks.FLAG) == 0) {
                root[bits] = (char) way;
            } else {
                blocks.fill(root[bits] & ~SlotBlocks.FLAG, 0, 0, way);
            }
            return;
        }
        for (int child = 2 * bits; child <= 2 * bits + 1; child++) {
            if (!isMarked(depth + 1, child)) {
                fillRoot(depth + 1, child, way);
            }
        }
    }

    private boolean isMarked(int depth, int bits) {
        int node = 1 << depth | bits;
        return (rootMarks[node >>> 6] & 1L << node) != 0;
    }

    /** The way of the longest prefix that contains that one and is shorter, but not of /8; or 0. */
    private int cover(int low24, int depth) {
        for (int shorter = depth - 1; shorter > 0; shorter--) {
            if (shorter > LARGE_WIDTH || !large || isMarked(shorter, bits(low24, 0, shorter))) {
                int way = routes.get(low24 & -1 << (BITS - shorter), shorter + OCTET);
                if (way != 0) {
                    return way;
                }
            }
        }
        return 0;
    }

    /** Takes the mark of a prefix away, and paints over it what covers it. */
    private void displace(int low24, int length) {
        int depth = length - OCTET;
        int cover = cover(low24, depth);
        if (large && depth <= LARGE_WIDTH) {
            int at = bits(low24, 0, depth);
            int node = 1 << depth | at;
            rootMarks[node >>> 6] &= ~(1L << node);
            fillRoot(depth, at, cover);
        } else if (large) {
            int slot = bits(low24, 0, LARGE_WIDTH);
            int block = root[slot] & ~SlotBlocks.FLAG;
            displace(block, low24, LARGE_WIDTH, depth, cover);
            if (blocks.isEmpty(block)) {
                root[slot] = blocks.give(block);
            }
        } else {
            displace(0, low24, 0, depth, cover);
        }
    }

    private void displace(int block, int low24, int passed, int depth, int cover) {
        if (depth - passed <= SlotBlocks.WIDTH) {
            int at = bits(low24, passed, depth);
            blocks.unmark(block, depth - passed, at);
            blocks.fill(block, depth - passed, at, cover);
            return;
        }
        int slot = slot(block, low24, passed);
        int child = blocks.slots[slot] & ~SlotBlocks.FLAG;
        displace(child, low24, passed + SlotBlocks.WIDTH, depth, cover);
        if (blocks.isEmpty(child)) {
            blocks.slots[slot] = blocks.give(child);
        }
    }
}
