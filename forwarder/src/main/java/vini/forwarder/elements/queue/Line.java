package vini.forwarder.elements.queue;

import vini.forwarder.Packet;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Packets in order, each with the time in nanoseconds at which it is to leave; the times never
 * decrease. Nothing is allocated for a packet.
 */
final class Line {
    private final Deque<Packet> packets = new ArrayDeque<>();
    private long[] nanos = new long[64];
    private int first;

    int size() {
        return packets.size();
    }

    boolean isEmpty() {
        return packets.isEmpty();
    }

    /** Takes a packet over. */
    void add(Packet packet, long leavesNanos) {
        if (packets.size() == nanos.length) {
            long[] larger = Arrays.copyOfRange(nanos, first, first + 2 * nanos.length);
            System.arraycopy(nanos, 0, larger, nanos.length - first, first);
            nanos = larger;
            first = 0;
        }
        nanos[(first + packets.size()) % nanos.length] = leavesNanos;
        packets.addLast(packet);
    }

    /** When the first packet is to leave; only if there is one. */
    long firstNanos() {
        return nanos[first];
    }

    /** Hands the first packet over; only if there is one. */
    Packet removeFirst() {
        first = (first + 1) % nanos.length;
        return packets.removeFirst();
    }
}
