package vini.vpn.elements.wireguard;

import vini.forwarder.DropCounter;
import vini.forwarder.Packet;
import vini.vpn.wireguard.Peer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Packets that wait for a handshake: so many for each peer, and so many at all. The oldest goes
 * first where there are too many.
 */
final class Waiting {
    static final int PER_PEER = 128;
    static final int PACKETS_MAX = 4096;

    private final Map<Peer, Deque<Packet>> byPeer = new LinkedHashMap<>();
    private int packets;

    /** Takes a packet; another is dropped for it, or it itself, if there are too many. */
    void add(Peer peer, Packet packet, DropCounter tooMany) {
        Deque<Packet> queue = byPeer.computeIfAbsent(peer, p -> new ArrayDeque<>());
        if (queue.size() >= PER_PEER) {
            tooMany.drop(queue.remove());
            packets--;
        }
        if (packets >= PACKETS_MAX) {
            tooMany.drop(packet);
            return;
        }
        queue.add(packet);
        packets++;
    }

    /** Gives what waits for a peer away, in order; false if there was nothing. */
    boolean release(Peer peer, Consumer<Packet> to) {
        Deque<Packet> queue = byPeer.remove(peer);
        if (queue == null) {
            return false;
        }
        packets -= queue.size();
        queue.forEach(to);
        return !queue.isEmpty();
    }

    /** Takes over what waits elsewhere. */
    void takeOver(Waiting other) {
        byPeer.putAll(other.byPeer);
        packets += other.packets;
        other.byPeer.clear();
        other.packets = 0;
    }

    int size() {
        return packets;
    }

    void close() {
        byPeer.values().forEach(queue -> queue.forEach(Packet::kill));
        byPeer.clear();
        packets = 0;
    }
}
