package vini.forwarder.elements.napt;

import org.jspecify.annotations.Nullable;

import vini.forwarder.DropCounter;
import vini.forwarder.Packet;

import java.util.Arrays;

/**
 * Datagrams that come in pieces from one side: where the first piece went, so that the later ones,
 * which have no ports, go there as well; and later pieces that came before the first. Both are
 * bounded. When there is no room, the datagram whose first piece is missing for longest is given
 * up, so that whoever sends later pieces alone harms only others like it (RFC 4787 REQ-14a).
 */
final class FragmentTable {
    static final int NONE = -1;

    /** Datagrams that are known at a time. */
    static final int DATAGRAMS_MAX = 1024;

    /** Pieces that wait for the first one of their datagram. */
    static final int WAITING_MAX = 256;

    /** What the output of a datagram is whose first piece was dropped. */
    static final int DROPPED = -1;

    /** What it is as long as the first piece has not come. */
    private static final int UNKNOWN = -2;

    /** As long as hosts wait for pieces, or somewhat less: RFC 1122 3.3.2 says 60 s at least. */
    static final long TIMEOUT = 30_000_000_000L;

    /** Out of order pieces are some milliseconds apart. */
    static final long WAITING_TIMEOUT = 2_000_000_000L;

    private static final int BUCKETS = 2 * DATAGRAMS_MAX;

    private final long hashSeed;
    private final long[] addresses = new long[DATAGRAMS_MAX];

    /** Protocol and identification. */
    private final int[] ids = new int[DATAGRAMS_MAX];

    private final long[] until = new long[DATAGRAMS_MAX];
    private final long[] newAddresses = new long[DATAGRAMS_MAX];
    private final int[] newIds = new int[DATAGRAMS_MAX];
    private final int[] outputs = new int[DATAGRAMS_MAX];
    private final int[] nextInBucket = new int[DATAGRAMS_MAX];
    private final int[] buckets = new int[BUCKETS];

    /** The first and the last piece that waits, of each datagram. */
    private final int[] firsts = new int[DATAGRAMS_MAX];

    private final int[] lasts = new int[DATAGRAMS_MAX];

    /** Datagrams in order of their time: those whose first piece has come, and the others. */
    private final FragmentQueue known = new FragmentQueue(DATAGRAMS_MAX);

    private final FragmentQueue unknown = new FragmentQueue(DATAGRAMS_MAX);

    private final @Nullable Packet[] waiting = new @Nullable Packet[WAITING_MAX];
    private final int[] nextWaiting = new int[WAITING_MAX];
    private int freeWaiting;
    private int freeDatagram;
    private int waitingPieces;
    private int datagrams;

    FragmentTable(long hashSeed) {
        this.hashSeed = hashSeed;
        Arrays.fill(buckets, NONE);
        for (int i = 0; i < DATAGRAMS_MAX; i++) {
            nextInBucket[i] = i + 1 < DATAGRAMS_MAX ? i + 1 : NONE;
        }
        for (int i = 0; i < WAITING_MAX; i++) {
            nextWaiting[i] = i + 1 < WAITING_MAX ? i + 1 : NONE;
        }
    }

    /** How many datagrams it knows. */
    int datagrams() {
        return datagrams;
    }

    /** How many pieces wait. */
    int waitingPieces() {
        return waitingPieces;
    }

    /** When the next datagram is given up of which pieces wait; Long.MAX_VALUE if none do. */
    long nextDeadline() {
        return unknown.isEmpty() ? Long.MAX_VALUE : until[unknown.first()];
    }

    private int bucket(long pair, int id) {
        long mixed = (pair ^ hashSeed) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 32 ^ id) * 0xbf58476d1ce4e5b9L;
        return (int) (mixed >>> 40) & BUCKETS - 1;
    }

    /** The datagram of those addresses, protocol and identification; or NONE. */
    int find(long pair, int id, long now) {
        for (int d = buckets[bucket(pair, id)]; d != NONE; d = nextInBucket[d]) {
            if (addresses[d] == pair && ids[d] == id) {
                return until[d] > now || outputs[d] == UNKNOWN ? d : NONE;
            }
        }
        return NONE;
    }

    boolean isKnown(int datagram) {
        return outputs[datagram] != UNKNOWN;
    }

    /** The output of a datagram's pieces, or DROPPED. */
    int output(int datagram) {
        return outputs[datagram];
    }

    int newSource(int datagram) {
        return (int) (newAddresses[datagram] >>> 32);
    }

    int newDestination(int datagram) {
        return (int) newAddresses[datagram];
    }

    int newId(int datagram) {
        return newIds[datagram];
    }

    /**
     * Says what becomes of a datagram's pieces.
     *
     * @param forgotten takes pieces that wait where there is no more room
     * @return the first of those that wait, for {@link #release}; or NONE
     */
    int resolve(
            long pair,
            int id,
            long newPair,
            int newId,
            int output,
            long now,
            DropCounter forgotten) {
        int datagram = lookUp(pair, id);
        if (datagram == NONE) {
            datagram = add(pair, id, forgotten);
        } else {
            (isKnown(datagram) ? known : unknown).remove(datagram);
        }
        newAddresses[datagram] = newPair;
        newIds[datagram] = newId;
        outputs[datagram] = output;
        until[datagram] = now + TIMEOUT;
        known.add(datagram);
        int first = firsts[datagram];
        firsts[datagram] = NONE;
        lasts[datagram] = NONE;
        return first;
    }

    private int lookUp(long pair, int id) {
        for (int d = buckets[bucket(pair, id)]; d != NONE; d = nextInBucket[d]) {
            if (addresses[d] == pair && ids[d] == id) {
                return d;
            }
        }
        return NONE;
    }

    private int add(long pair, int id, DropCounter forgotten) {
        if (freeDatagram == NONE) {
            remove(unknown.isEmpty() ? known.first() : unknown.first(), forgotten);
        }
        int datagram = freeDatagram;
        freeDatagram = nextInBucket[datagram];
        int bucket = bucket(pair, id);
        nextInBucket[datagram] = buckets[bucket];
        buckets[bucket] = datagram;
        addresses[datagram] = pair;
        ids[datagram] = id;
        firsts[datagram] = NONE;
        lasts[datagram] = NONE;
        datagrams++;
        return datagram;
    }

    private void remove(int datagram, DropCounter drops) {
        (isKnown(datagram) ? known : unknown).remove(datagram);
        int bucket = bucket(addresses[datagram], ids[datagram]);
        if (buckets[bucket] == datagram) {
            buckets[bucket] = nextInBucket[datagram];
        } else {
            int before = buckets[bucket];
            while (nextInBucket[before] != datagram) {
                before = nextInBucket[before];
            }
            nextInBucket[before] = nextInBucket[datagram];
        }
        nextInBucket[datagram] = freeDatagram;
        freeDatagram = datagram;
        datagrams--;
        int next;
        for (int piece = firsts[datagram]; piece != NONE; piece = next) {
            next = nextWaiting[piece];
            drops.drop(release(piece));
        }
    }

    /** The piece after one that waits, or NONE. */
    int nextWaiting(int piece) {
        return nextWaiting[piece];
    }

    /** Gives a piece that has waited to the caller; its number means nothing any more. */
    Packet release(int piece) {
        Packet packet = waiting[piece];
        if (packet == null) {
            throw new IllegalStateException("no fragment waits in place " + piece);
        }
        waiting[piece] = null;
        nextWaiting[piece] = freeWaiting;
        freeWaiting = piece;
        waitingPieces--;
        return packet;
    }

    /** Keeps a piece until the first of its datagram comes; the packet is the table's now. */
    void hold(long pair, int id, Packet packet, long now, DropCounter forgotten) {
        if (freeWaiting == NONE) {
            remove(unknown.first(), forgotten);
        }
        int datagram = lookUp(pair, id);
        if (datagram == NONE || isKnown(datagram)) {
            if (datagram != NONE) {
                remove(datagram, forgotten); // an old one of the same identification
            }
            datagram = add(pair, id, forgotten);
            outputs[datagram] = UNKNOWN;
            until[datagram] = now + WAITING_TIMEOUT;
            unknown.add(datagram);
        }
        int piece = freeWaiting;
        freeWaiting = nextWaiting[piece];
        waiting[piece] = packet;
        nextWaiting[piece] = NONE;
        if (firsts[datagram] == NONE) {
            firsts[datagram] = piece;
        } else {
            nextWaiting[lasts[datagram]] = piece;
        }
        lasts[datagram] = piece;
        waitingPieces++;
    }

    /** Gives up datagrams whose first piece has not come in time. */
    void expire(long now, DropCounter drops) {
        while (!unknown.isEmpty() && until[unknown.first()] <= now) {
            remove(unknown.first(), drops);
        }
        while (!known.isEmpty() && until[known.first()] <= now) {
            remove(known.first(), drops);
        }
    }

    /** Kills what waits. */
    void close() {
        for (Packet packet : waiting) {
            if (packet != null) {
                packet.kill();
            }
        }
        Arrays.fill(waiting, null);
    }
}
