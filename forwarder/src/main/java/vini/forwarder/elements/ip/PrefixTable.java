package vini.forwarder.elements.ip;

import org.jspecify.annotations.Nullable;

import vini.net.Ipv4Address;

import java.util.Arrays;

/**
 * IPv4 prefixes with the numbers of their ways, 1 to {@link #WAYS_MAX}, found by the longest that
 * contains an address. It is kept by octets: a {@link PrefixBlock} for each /8 with longer
 * prefixes, which chooses its form by itself, so that a small table is small, a large one fast, and
 * no change takes longer than the change of one /8. Prefixes of /8 and shorter are kept here.
 */
final class PrefixTable {
    /** The highest number of a way. */
    static final int WAYS_MAX = SlotBlocks.FLAG - 1;

    private static final int OCTETS = 256;
    private static final int OCTET = 8;

    private static final char[] NOTHING = {};

    /** What stands for a large /8 among the {@link #octets}. */
    private static final int LARGE = 1 << 16;

    private final boolean alwaysLarge;

    /** The roots of large /8, or the blocks of small ones. */
    private final char[][] roots = new char[OCTETS][];

    private final @Nullable PrefixBlock[] blocks = new @Nullable PrefixBlock[OCTETS];

    /** For each /8: 0 for none, the flag (and block 0) for a small one, or LARGE. */
    private final int[] octets = new int[OCTETS];

    /** What addresses find that no longer prefix has. */
    private final char[] defaults = new char[OCTETS];

    /** The ways of prefixes up to /8, by {@code 1 << length | bits}. */
    private final char[] shortWays = new char[2 * OCTETS];

    private int size;

    /** Takes a row of a table. */
    interface Rows {
        void row(int bits, int length, int way);
    }

    /**
     * @param alwaysLarge whether there are only large roots
     */
    PrefixTable(boolean alwaysLarge) {
        this.alwaysLarge = alwaysLarge;
        Arrays.fill(roots, NOTHING);
    }

    /** The way of the longest prefix that contains the address, or 0. */
    int lookup(int address) {
        int octet = address >>> 24;
        int value = octets[octet];
        if (value == LARGE) {
            value = roots[octet][address >>> 8 & 0xffff];
            if ((value & SlotBlocks.FLAG) != 0) {
                value = block(octet).lookup(value, address);
            }
        } else {
            char[] slots = roots[octet];
            for (int shift = 16; (value & SlotBlocks.FLAG) != 0; shift -= SlotBlocks.WIDTH) {
                int block = (value & ~SlotBlocks.FLAG) << SlotBlocks.WIDTH;
                value = slots[block | address >>> shift & 0xff];
            }
        }
        return value == 0 ? defaults[octet] : value;
    }

    /** Finds many at once, in place: so the processor waits for memory once, not for each. */
    void lookup(int[] addresses, int number) {
        for (int i = 0; i < number; i++) {
            addresses[i] = lookup(addresses[i]);
        }
    }

    @SuppressWarnings("NullAway") // asked only where a root leads to one
    private PrefixBlock block(int octet) {
        return blocks[octet];
    }

    /** How many prefixes there are. */
    int size() {
        return size;
    }

    /** Bytes that the arrays of all blocks take. */
    long bytes() {
        long bytes = 0;
        for (@Nullable PrefixBlock block : blocks) {
            bytes += block == null ? 0 : block.bytes();
        }
        return bytes;
    }

    /** The way of a prefix, or 0 if it is not there. */
    int get(int bits, int length) {
        if (length <= OCTET) {
            return shortWays[node(bits, length)];
        }
        PrefixBlock block = blocks[bits >>> 24];
        return block == null ? 0 : block.routes().get(low24(bits), length);
    }

    /** Whether one more prefix of an octet may find no room. */
    boolean isFull(int bits, int length) {
        PrefixBlock block = blocks[bits >>> 24];
        return length > OCTET && block != null && block.isFull();
    }

    /** Puts a prefix in, or gives it another way. */
    void put(int bits, int length, int way) {
        size += get(bits, length) == 0 ? 1 : 0;
        int octet = bits >>> 24;
        if (length <= OCTET) {
            shortWays[node(bits, length)] = (char) way;
            paint(octet, length);
            return;
        }
        PrefixBlock block = blocks[octet];
        if (block == null) {
            block = new PrefixBlock(alwaysLarge);
            blocks[octet] = block;
        }
        block.put(low24(bits), length, way);
        enter(octet, block);
    }

    /** Takes a prefix out, if it is there. */
    void remove(int bits, int length) {
        if (get(bits, length) == 0) {
            return;
        }
        size--;
        int octet = bits >>> 24;
        PrefixBlock block = blocks[octet];
        if (length <= OCTET) {
            shortWays[node(bits, length)] = 0;
            paint(octet, length);
        } else if (block != null && block.routes().size() > 1) {
            block.remove(low24(bits), length);
            enter(octet, block);
        } else {
            blocks[octet] = null;
            octets[octet] = 0;
            roots[octet] = NOTHING;
        }
    }

    /** Makes the present form of a /8 the one that is looked up. */
    private void enter(int octet, PrefixBlock block) {
        octets[octet] = block.isLarge() ? LARGE : SlotBlocks.FLAG;
        roots[octet] = block.root();
    }

    private void paint(int octet, int length) {
        for (int i = octet; i < octet + (OCTETS >>> length); i++) {
            char way = 0;
            for (int shorter = OCTET; shorter >= 0 && way == 0; shorter--) {
                way = shortWays[node(i << 24, shorter)];
            }
            defaults[i] = way;
        }
    }

    private static int low24(int bits) {
        return bits & 0xffffff;
    }

    private static int node(int bits, int length) {
        return 1 << length | bits >>> 24 >>> (OCTET - length);
    }

    /** All rows, by address, a shorter prefix before those that it contains. */
    void forEach(Rows rows) {
        for (int octet = 0; octet < OCTETS; octet++) {
            int bits = octet << 24;
            for (int length = 0; length <= OCTET; length++) {
                int way = shortWays[node(bits, length)];
                if (way != 0 && (bits & ~Ipv4Address.mask(length)) == 0) {
                    rows.row(bits, length, way);
                }
            }
            PrefixBlock block = blocks[octet];
            if (block != null) {
                for (long entry : block.routes().sorted()) {
                    rows.row(
                            bits | PrefixMap.low24(entry),
                            PrefixMap.length(entry),
                            PrefixMap.way(entry));
                }
            }
        }
    }
}
