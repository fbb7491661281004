package vini.forwarder.elements.napt;

import vini.forwarder.elements.rewrite.HashIndex;

import java.util.Arrays;

/**
 * The further sessions of mappings that have more than one, found by mapping and peer. Those of one
 * mapping are in a list. Where filtering is by address, it also counts of how many of a mapping's
 * sessions an address is the peer, so that this is known without looking at all of them.
 */
final class SessionTable {
    static final int NONE = -1;

    private static final int WORDS = 4;
    private static final int SHIFT = 2;

    // Word 0 is the peer: address, port, a bit that says it is a count, and the phase.
    private static final int USED = 1;

    /** The mapping (high half), and the next of its sessions plus 1. */
    private static final int OWNER = 2;

    /** The session before it plus 1. */
    private static final int BEFORE = 3;

    /** Set in word 0 of a count of sessions with an address. */
    private static final long COUNT = 1 << 15;

    private static final long PHASE = 0xff;
    private static final long LOW_HALF = 0xffffffffL;
    private static final long ADDRESS = ~LOW_HALF;
    private static final long FREE = Long.MIN_VALUE;
    private static final int SESSIONS_AT_FIRST = 16;

    private final long hashSeed;
    private final boolean counting;
    private long[] words = new long[SESSIONS_AT_FIRST * WORDS];

    private final HashIndex index = new HashIndex(SESSIONS_AT_FIRST * 2);

    private int sessionsEver;
    private int firstFree = NONE;
    private int size;

    /**
     * @param counting whether {@link #hasAddress} will be asked
     */
    SessionTable(long hashSeed, boolean counting) {
        this.hashSeed = hashSeed;
        this.counting = counting;
    }

    /** How many sessions there are, without counts. */
    int size() {
        return size;
    }

    /** Numbers of sessions are below this. */
    int end() {
        return sessionsEver;
    }

    /** Bytes of memory that the table takes. */
    long bytes() {
        return 8L * words.length + index.bytes();
    }

    boolean isLive(int session) {
        long word = words[(session << SHIFT) + USED];
        return word != FREE && (words[session << SHIFT] & COUNT) == 0;
    }

    long peer(int session) {
        return words[session << SHIFT] & -1L << 16;
    }

    TcpPhase phase(int session) {
        return TcpPhase.of((int) (words[session << SHIFT] & PHASE));
    }

    void phase(int session, TcpPhase phase) {
        int at = session << SHIFT;
        words[at] = words[at] & ~PHASE | phase.ordinal();
    }

    long used(int session) {
        return words[(session << SHIFT) + USED];
    }

    void used(int session, long nanos) {
        words[(session << SHIFT) + USED] = nanos;
    }

    int mapping(int session) {
        return (int) (words[(session << SHIFT) + OWNER] >>> 32);
    }

    /** The next session of the same mapping, or NONE. */
    int next(int session) {
        return (int) words[(session << SHIFT) + OWNER] - 1;
    }

    /** The session of a mapping with a peer, or NONE. */
    int find(int mapping, long peer) {
        return index.size() == 0 ? NONE : lookUp(mapping, peer);
    }

    /** Whether a mapping has a session here with the address of that peer. */
    boolean hasAddress(int mapping, long peer) {
        return index.size() > 0 && lookUp(mapping, peer & ADDRESS | COUNT) != NONE;
    }

    private int lookUp(int mapping, long key) {
        long[] slots = index.slots();
        int mask = slots.length - 1;
        int hash = hash(mapping, key);
        for (int at = hash & mask; ; at = at + 1 & mask) {
            long slot = slots[at];
            if (slot == 0) {
                return NONE;
            }
            int session = (int) slot - 1;
            if ((int) (slot >>> 32) == hash && key(session) == key && mapping(session) == mapping) {
                return session;
            }
        }
    }

    private long key(int session) {
        return words[session << SHIFT] & ~PHASE;
    }

    private int hash(int mapping, long key) {
        long mixed = (key ^ hashSeed) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 32 ^ mapping) * 0xbf58476d1ce4e5b9L;
        return (int) ((mixed ^ mixed >>> 29) >>> 16);
    }

    /** Adds a session that is not there, before the first of its mapping (or NONE). */
    int add(int mapping, long peer, TcpPhase phase, long nanos, int first) {
        int session = enter(mapping, peer | phase.ordinal());
        words[(session << SHIFT) + USED] = nanos;
        words[(session << SHIFT) + OWNER] |= first + 1;
        words[(session << SHIFT) + BEFORE] = 0;
        if (first != NONE) {
            words[(first << SHIFT) + BEFORE] = session + 1L;
        }
        size++;
        if (counting) {
            int count = lookUp(mapping, peer & ADDRESS | COUNT);
            if (count == NONE) {
                count = enter(mapping, peer & ADDRESS | COUNT);
                words[(count << SHIFT) + USED] = 0;
            }
            words[(count << SHIFT) + USED]++;
        }
        return session;
    }

    /**
     * Removes a session.
     *
     * @return the first of its mapping's sessions now, which was {@code first} before
     */
    int remove(int session, int first) {
        int mapping = mapping(session);
        int next = next(session);
        int before = (int) words[(session << SHIFT) + BEFORE] - 1;
        if (next != NONE) {
            words[(next << SHIFT) + BEFORE] = before + 1L;
        }
        if (before != NONE) {
            int at = (before << SHIFT) + OWNER;
            words[at] = words[at] & ~LOW_HALF | next + 1;
        }
        long peer = peer(session);
        leave(session);
        size--;
        if (counting) {
            int count = lookUp(mapping, peer & ADDRESS | COUNT);
            if (--words[(count << SHIFT) + USED] == 0) {
                leave(count);
            }
        }
        return session == first ? next : first;
    }

    private int enter(int mapping, long word) {
        int session = firstFree;
        if (session == NONE) {
            session = sessionsEver++;
            if (sessionsEver << SHIFT > words.length) {
                words = Arrays.copyOf(words, words.length * 2);
            }
        } else {
            firstFree = (int) words[session << SHIFT];
        }
        words[session << SHIFT] = word;
        words[(session << SHIFT) + OWNER] = (long) mapping << 32;
        index.enter(hash(mapping, word & ~PHASE), session);
        return session;
    }

    private void leave(int session) {
        index.remove(hash(mapping(session), key(session)), session);
        words[session << SHIFT] = firstFree;
        words[(session << SHIFT) + USED] = FREE;
        firstFree = session;
    }
}
