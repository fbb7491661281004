package vini.forwarder.elements.napt;

import vini.forwarder.Packet;

/**
 * SYNs that came in uninvited: six seconds later their senders are told that there is no such port,
 * unless the inside has meanwhile opened the same connection (RFC 5382 REQ-4). Kept is only what
 * the answer quotes; the packets have ended.
 */
final class HeldSyns {
    static final int SYNS_MAX = 256;

    /** How long the inside has time. */
    static final long HOLD = 6_000_000_000L;

    /** The longest IP header, and 8 bytes (RFC 792). */
    private static final int QUOTED_MAX = 68;

    private final long[] locals = new long[SYNS_MAX];
    private final long[] peers = new long[SYNS_MAX];
    private final long[] due = new long[SYNS_MAX];
    private final boolean[] answered = new boolean[SYNS_MAX];
    private final byte[][] quotes = new byte[SYNS_MAX][QUOTED_MAX];
    private final int[] lengths = new int[SYNS_MAX];
    private int first;
    private int size;

    /** How many are held. */
    int size() {
        return size;
    }

    /** When the next one is due; Long.MAX_VALUE if none is held. */
    long nextDeadline() {
        return size == 0 ? Long.MAX_VALUE : due[first];
    }

    /** Notes a SYN; false if there is no room. One that was sent again is not held twice. */
    boolean hold(Packet packet, HeaderView view, long now) {
        if (find(view.to(), view.from()) >= 0) {
            return true;
        }
        if (size == SYNS_MAX) {
            return false;
        }
        int slot = (first + size) % SYNS_MAX;
        locals[slot] = view.to();
        peers[slot] = view.from();
        due[slot] = now + HOLD;
        answered[slot] = false;
        int length = Math.min(view.end, view.transport + 8) - view.header;
        packet.buffer().getBytes(packet.start() + view.header, quotes[slot], 0, length);
        lengths[slot] = length;
        size++;
        return true;
    }

    private int find(long local, long peer) {
        for (int i = 0; i < size; i++) {
            int slot = (first + i) % SYNS_MAX;
            if (locals[slot] == local && peers[slot] == peer && !answered[slot]) {
                return slot;
            }
        }
        return -1;
    }

    /** The inside has opened that connection: nobody is told anything. */
    void opened(long local, long peer) {
        if (size > 0) {
            int slot = find(local, peer);
            if (slot >= 0) {
                answered[slot] = true;
            }
        }
    }

    /** Whether the first one, which is due, is still to be answered. */
    boolean isUnanswered() {
        return !answered[first];
    }

    /** For whom the first one was: a TCP endpoint. */
    long local() {
        return locals[first];
    }

    /** Who has sent the first one. */
    long peer() {
        return peers[first];
    }

    byte[] quote() {
        return quotes[first];
    }

    int quoteLength() {
        return lengths[first];
    }

    /** Forgets the first one. */
    void next() {
        first = (first + 1) % SYNS_MAX;
        size--;
    }
}
