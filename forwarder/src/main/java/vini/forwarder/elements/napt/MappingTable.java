package vini.forwarder.elements.napt;

import vini.forwarder.elements.rewrite.FlowHeap;
import vini.forwarder.elements.rewrite.HashIndex;

import java.util.Arrays;

/**
 * Mappings of inner endpoints to outer ones, found by either. With each lies the session that was
 * used last, the only one for most; further ones are in a {@link SessionTable}. All is in two
 * arrays of longs, {@value #WORDS} words a mapping, and an open-addressed index over both ends;
 * there is no object for a mapping, and a lookup touches two cache lines.
 *
 * <p>A <i>reference</i> is {@code mapping * 2}, plus 1 for the outer end.
 */
final class MappingTable implements FlowHeap.Table {
    /** What stands for no mapping. */
    static final int NONE = -1;

    /** Mappings that a table can hold. */
    static final int MAPPINGS_MAX = 1 << 24;

    private static final int WORDS = 8;
    private static final int SHIFT = 3;

    // Word 0 is the inner endpoint, word 1 the outer one.
    /** The peer of the session, and in the low 16 bits its phase. */
    private static final int PEER = 2;

    private static final int USED = 3;

    /** What checksums gain on the way out (16 bits each), and the first further session plus 1. */
    private static final int DELTAS = 4;

    /** The place in its heap (high half), and the user. */
    private static final int PLACE = 5;

    private static final int ORDER = 6;

    /** The next mapping of the same user (high half), and the one before; in a ring. */
    private static final int RING = 7;

    private static final long PEER_BITS = -1L << 16;
    private static final long LOW_HALF = 0xffffffffL;
    private static final long FREE = Long.MIN_VALUE;
    private static final int MAPPINGS_AT_FIRST = 64;

    private final long hashSeed;
    private long[] words = new long[MAPPINGS_AT_FIRST * WORDS];

    private final HashIndex index = new HashIndex(MAPPINGS_AT_FIRST * 4);

    private int mappingsEver;
    private int firstFree = NONE;
    private int size;

    /** Nobody wants it; but for it the compiler would leave out what lookAhead reads. */
    long lookedAt;

    MappingTable(long hashSeed) {
        this.hashSeed = hashSeed;
    }

    /** How many mappings there are. */
    int size() {
        return size;
    }

    /** Numbers of mappings are below this. */
    int end() {
        return mappingsEver;
    }

    /** Bytes of memory that the table takes. */
    long bytes() {
        return 8L * words.length + index.bytes();
    }

    boolean isLive(int mapping) {
        return words[(mapping << SHIFT) + USED] != FREE;
    }

    long inside(int mapping) {
        return words[mapping << SHIFT];
    }

    long outside(int mapping) {
        return words[(mapping << SHIFT) + 1] & ~Endpoint.OUTSIDE;
    }

    /** With whom its session is; the low 16 bits are 0. */
    long peer(int mapping) {
        return words[(mapping << SHIFT) + PEER] & PEER_BITS;
    }

    TcpPhase phase(int mapping) {
        return TcpPhase.of((int) (words[(mapping << SHIFT) + PEER] & ~PEER_BITS));
    }

    void phase(int mapping, TcpPhase phase) {
        session(mapping, peer(mapping), phase);
    }

    void session(int mapping, long peer, TcpPhase phase) {
        words[(mapping << SHIFT) + PEER] = peer | phase.ordinal();
    }

    /** When its session was used last, in nanoseconds on the clock. */
    long used(int mapping) {
        return words[(mapping << SHIFT) + USED];
    }

    void used(int mapping, long nanos) {
        words[(mapping << SHIFT) + USED] = nanos;
    }

    /** What the IP header's sum gains on the way out. */
    int ipDelta(int mapping) {
        return (int) (words[(mapping << SHIFT) + DELTAS] >>> 48);
    }

    /** What the sum of the transport part gains on the way out. */
    int transportDelta(int mapping) {
        return (int) (words[(mapping << SHIFT) + DELTAS] >>> 32) & 0xffff;
    }

    void deltas(int mapping, int ip, int transport) {
        int at = (mapping << SHIFT) + DELTAS;
        words[at] = words[at] & LOW_HALF | (long) ip << 48 | (long) transport << 32;
    }

    /** The first of its further sessions, or {@link #NONE}. */
    int furtherSession(int mapping) {
        return (int) words[(mapping << SHIFT) + DELTAS] - 1;
    }

    void furtherSession(int mapping, int session) {
        int at = (mapping << SHIFT) + DELTAS;
        words[at] = words[at] & ~LOW_HALF | session + 1;
    }

    /** Whose mapping it is: a number of {@link Users}. */
    int user(int mapping) {
        return (int) words[(mapping << SHIFT) + PLACE];
    }

    @Override
    public int place(int mapping) {
        return (int) (words[(mapping << SHIFT) + PLACE] >>> 32);
    }

    @Override
    public void place(int mapping, int place) {
        int at = (mapping << SHIFT) + PLACE;
        words[at] = words[at] & LOW_HALF | (long) place << 32;
    }

    @Override
    public long order(int mapping) {
        return words[(mapping << SHIFT) + ORDER];
    }

    @Override
    public void order(int mapping, long nanos) {
        words[(mapping << SHIFT) + ORDER] = nanos;
    }

    /** The next mapping of the same user. */
    int next(int mapping) {
        return (int) (words[(mapping << SHIFT) + RING] >>> 32);
    }

    private void link(int before, int after) {
        int at = (before << SHIFT) + RING;
        words[at] = words[at] & LOW_HALF | (long) after << 32;
        at = (after << SHIFT) + RING;
        words[at] = words[at] & ~LOW_HALF | before & LOW_HALF;
    }

    /** Puts a mapping before another of the same user, or alone in a ring if that is NONE. */
    void enterRing(int mapping, int head) {
        link(mapping, mapping);
        if (head != NONE) {
            link((int) words[(head << SHIFT) + RING], mapping);
            link(mapping, head);
        }
    }

    void leaveRing(int mapping) {
        link((int) words[(mapping << SHIFT) + RING], next(mapping));
    }

    /** The mapping that has the endpoint on its inside, or with OUTSIDE on its outside; or NONE. */
    int find(long key) {
        long[] slots = index.slots();
        int mask = slots.length - 1;
        int hash = hash(key);
        for (int at = hash & mask; ; at = at + 1 & mask) {
            long slot = slots[at];
            if (slot == 0) {
                return NONE;
            }
            if ((int) (slot >>> 32) == hash) {
                int reference = (int) slot - 1;
                if (key(reference) == key) {
                    return reference >> 1;
                }
            }
        }
    }

    /**
     * Reads what {@link #find} will read for keys of these hashes, or most of it: first of all in
     * the index, then of all their mappings, so that no read waits for another.
     */
    void lookAhead(int[] hashes, int keys) {
        long[] slots = index.slots();
        int mask = slots.length - 1;
        for (int i = 0; i < keys; i++) {
            hashes[i] = (int) slots[hashes[i] & mask];
        }
        long read = 0;
        for (int i = 0; i < keys; i++) {
            read += words[(Math.max(0, hashes[i] - 1) >> 1 << SHIFT) + USED];
        }
        lookedAt = read;
    }

    /** Seeded, so that nobody can choose keys that collide. */
    int hash(long key) {
        long mixed = (key ^ hashSeed) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 32) * 0xbf58476d1ce4e5b9L;
        return (int) (mixed >>> 32);
    }

    private long key(int reference) {
        return words[(reference >> 1 << SHIFT) + (reference & 1)];
    }

    /** Adds a mapping, neither of whose ends has one yet. */
    int add(long inside, long outside, int user) {
        int mapping = firstFree;
        if (mapping == NONE) {
            mapping = mappingsEver++;
            if (mappingsEver << SHIFT > words.length) {
                words = Arrays.copyOf(words, words.length * 2);
            }
        } else {
            firstFree = (int) words[mapping << SHIFT];
        }
        int at = mapping << SHIFT;
        words[at] = inside;
        words[at + 1] = outside | Endpoint.OUTSIDE;
        words[at + USED] = 0;
        words[at + DELTAS] = 0;
        words[at + PLACE] = user;
        size++;
        index.enter(hash(key(mapping << 1)), mapping << 1);
        index.enter(hash(key(mapping << 1 | 1)), mapping << 1 | 1);
        return mapping;
    }

    void remove(int mapping) {
        index.remove(hash(key(mapping << 1)), mapping << 1);
        index.remove(hash(key(mapping << 1 | 1)), mapping << 1 | 1);
        int at = mapping << SHIFT;
        words[at] = firstFree;
        words[at + USED] = FREE;
        firstFree = mapping;
        size--;
    }
}
