package vini.forwarder.elements.rewrite;

import java.util.Arrays;

/**
 * The flows of rewriters, with two ways in: each flow has the key of its packets in the forward
 * direction and that of the replies. Everything lies in a few arrays of longs, {@value #WORDS}
 * words a flow, and an open-addressed index over both keys; there is no object for a flow, and a
 * lookup touches two cache lines.
 *
 * <p>A key is two longs: source and destination address, and (owner, protocol, source and
 * destination port). A <i>reference</i> is {@code flow * 2}, plus 1 for the reply direction.
 */
final class FlowTable implements FlowHeap.Table {
    /** What {@link #find} says of a key that is not there. */
    static final int NONE = -1;

    /** Flows that a table can hold. */
    static final int FLOWS_MAX = 1 << 24;

    private static final int WORDS = 8;
    private static final int SHIFT = 3;

    // Words 0 to 3 are the keys: addresses and ports forward, addresses and ports of replies.
    private static final int USED = 4;
    private static final int STATE = 5;
    private static final int PLACE = 6;
    private static final int ORDER = 7;

    private static final long FREE = Long.MIN_VALUE;
    private static final int FLOWS_AT_FIRST = 64;

    private final long hashSeed;
    private long[] words = new long[FLOWS_AT_FIRST * WORDS];

    private final HashIndex index = new HashIndex(FLOWS_AT_FIRST * 4);

    private int flowsEver;
    private int firstFree = NONE;
    private int size;

    FlowTable(long hashSeed) {
        this.hashSeed = hashSeed;
    }

    /** How many flows there are. */
    int size() {
        return size;
    }

    /** Flow numbers are below this. */
    int end() {
        return flowsEver;
    }

    /** Bytes of memory that the table takes. */
    long bytes() {
        return 8L * words.length + index.bytes();
    }

    /** Whether a flow of that number, below {@link #end}, is there. */
    boolean isLive(int flow) {
        return words[(flow << SHIFT) + USED] != FREE;
    }

    /** The two addresses of the key, the source in the high half. */
    long addresses(int reference) {
        return words[(reference >> 1 << SHIFT) + ((reference & 1) << 1)];
    }

    /** The other half of the key: owner, protocol and ports. */
    long ports(int reference) {
        return words[(reference >> 1 << SHIFT) + ((reference & 1) << 1) + 1];
    }

    /** When a packet of the flow came last, in nanoseconds on the clock. */
    long used(int flow) {
        return words[(flow << SHIFT) + USED];
    }

    void used(int flow, long nanos) {
        words[(flow << SHIFT) + USED] = nanos;
    }

    /** What the owner keeps: see {@link FlowState}. */
    long state(int flow) {
        return words[(flow << SHIFT) + STATE];
    }

    void state(int flow, long state) {
        words[(flow << SHIFT) + STATE] = state;
    }

    /** The input port that the first packet came by. */
    int input(int flow) {
        return (int) (words[(flow << SHIFT) + PLACE] >>> 32);
    }

    /** Where the flow stands in its {@link FlowHeap}. */
    @Override
    public int place(int flow) {
        return (int) words[(flow << SHIFT) + PLACE];
    }

    @Override
    public void place(int flow, int place) {
        int at = (flow << SHIFT) + PLACE;
        words[at] = words[at] & 0xffffffff_00000000L | place & 0xffffffffL;
    }

    /** The time by which its {@link FlowHeap} orders it. */
    @Override
    public long order(int flow) {
        return words[(flow << SHIFT) + ORDER];
    }

    @Override
    public void order(int flow, long nanos) {
        words[(flow << SHIFT) + ORDER] = nanos;
    }

    /** The reference of a key, or {@link #NONE}. */
    int find(long addresses, long ports) {
        long[] slots = index.slots();
        int mask = slots.length - 1;
        int hash = hash(addresses, ports);
        for (int at = hash & mask; ; at = at + 1 & mask) {
            long slot = slots[at];
            if (slot == 0) {
                return NONE;
            }
            if ((int) (slot >>> 32) == hash) {
                int reference = (int) slot - 1;
                int key = (reference >> 1 << SHIFT) + ((reference & 1) << 1);
                if (words[key] == addresses && words[key + 1] == ports) {
                    return reference;
                }
            }
        }
    }

    /**
     * Reads what {@link #find} will read for keys of these hashes, or most of it: first of all in
     * the index, then of all their flows, so that no read waits for another.
     *
     * @return a sum of it, which means nothing
     */
    long lookAhead(int[] hashes, int keys) {
        long[] slots = index.slots();
        int mask = slots.length - 1;
        for (int i = 0; i < keys; i++) {
            hashes[i] = (int) slots[hashes[i] & mask];
        }
        long read = 0;
        for (int i = 0; i < keys; i++) {
            read += words[(Math.max(0, hashes[i] - 1) >> 1 << SHIFT) + USED];
        }
        return read;
    }

    /** Seeded, so that nobody outside can choose keys that collide. */
    int hash(long addresses, long ports) {
        long mixed = (addresses ^ hashSeed) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 32 ^ ports) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 29) * 0x94d049bb133111ebL;
        return (int) (mixed >>> 32);
    }

    /**
     * Adds a flow with its two keys, neither of which is there yet. Where they are equal (a flow
     * from an address and port to itself), packets are taken for replies.
     */
    int add(long addresses, long ports, long replyAddresses, long replyPorts, int input) {
        int flow = firstFree;
        if (flow == NONE) {
            flow = flowsEver++;
            if (flowsEver << SHIFT > words.length) {
                words = Arrays.copyOf(words, words.length * 2);
            }
        } else {
            firstFree = (int) words[flow << SHIFT];
        }
        int at = flow << SHIFT;
        words[at] = addresses;
        words[at + 1] = ports;
        words[at + 2] = replyAddresses;
        words[at + 3] = replyPorts;
        words[at + USED] = 0;
        words[at + STATE] = 0;
        words[at + PLACE] = (long) input << 32;
        size++;
        index.enter(hash(flow << 1 | 1), flow << 1 | 1);
        if (addresses != replyAddresses || ports != replyPorts) {
            index.enter(hash(flow << 1), flow << 1);
        }
        return flow;
    }

    private int hash(int reference) {
        return hash(addresses(reference), ports(reference));
    }

    /** Removes a flow with both its keys. */
    void remove(int flow) {
        index.remove(hash(flow << 1 | 1), flow << 1 | 1);
        // Not there for a flow from an endpoint to itself.
        index.remove(hash(flow << 1), flow << 1);
        int at = flow << SHIFT;
        words[at] = firstFree;
        words[at + USED] = FREE;
        firstFree = flow;
        size--;
    }
}
