package vini.forwarder.elements.measure;

import vini.forwarder.Packet;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The packets between two addresses, for one protocol, that wait for ports: a fragment that is not
 * the first of its packet, and what came after it. And the ports of the latest first fragments.
 */
final class FragmentHold {
    /** What ties the fragments of a packet together (RFC 791 3.2). */
    record Whole(int source, int destination, int id) {}

    /** How many packets' ports it remembers. */
    private static final int PORTS_MAX = 64;

    final Deque<Packet> waiting = new ArrayDeque<>();
    private final Map<Whole, Integer> ports = new LinkedHashMap<>();
    long latestNanos;

    /** Remembers the ports of a first fragment; the eldest are forgotten. */
    void remember(Whole whole, int itsPorts) {
        ports.remove(whole);
        if (ports.size() >= PORTS_MAX) {
            ports.remove(ports.keySet().iterator().next());
        }
        ports.put(whole, itsPorts);
    }

    boolean knows(Whole whole) {
        return ports.containsKey(whole);
    }

    int portsOf(Whole whole) {
        return ports.getOrDefault(whole, 0);
    }
}
