package vini.forwarder.elements.ip;

import vini.forwarder.Packet;
import vini.forwarder.PacketPool;
import vini.net.wire.Ipv4Header;

import java.util.Map;
import java.util.TreeMap;

/** The fragments of one IPv4 packet that have come so far, by offset (RFC 815). */
final class Reassembly {
    /** What becomes of a fragment. */
    enum Fate {
        KEPT,
        /** It is the last one that was missing. */
        COMPLETE,
        DUPLICATE,
        /** It says something else about bytes that have come before. */
        CONTRADICTS
    }

    /** Whose fragments these are, RFC 791 3.2. */
    record Key(int source, int destination, int protocol, int id) {
        static Key of(Packet packet) {
            int header = packet.networkHeader();
            return new Key(
                    packet.i32(header + Ipv4Header.SOURCE_AT),
                    packet.i32(header + Ipv4Header.DESTINATION_AT),
                    packet.u8(header + Ipv4Header.PROTOCOL_AT),
                    packet.u16(header + Ipv4Header.ID_AT));
        }
    }

    private static final int UNKNOWN = -1;

    private final TreeMap<Integer, Packet> fragments = new TreeMap<>();
    private int total = UNKNOWN;
    private int payloadBytes;
    private long memory;
    private int longest;
    private long touchedNanos;

    /** Where the payload of a fragment ends in the whole payload. */
    static int end(Packet packet) {
        return IpBounds.fragmentOffset(packet) + payloadBytes(packet);
    }

    static int payloadBytes(Packet packet) {
        return IpBounds.end(packet) - packet.networkHeader() - IpBounds.headerLength(packet);
    }

    static boolean isLast(Packet packet) {
        return (packet.u16(packet.networkHeader() + Ipv4Header.FRAGMENT_AT)
                        & Ipv4Header.MORE_FRAGMENTS)
                == 0;
    }

    /** Adds a fragment, which it owns if it keeps it. */
    Fate add(Packet packet, long nowNanos) {
        int start = IpBounds.fragmentOffset(packet);
        int end = end(packet);
        Packet same = fragments.get(start);
        if (same != null && end(same) == end && isLast(same) == isLast(packet)) {
            return Fate.DUPLICATE;
        }
        Map.Entry<Integer, Packet> before = fragments.floorEntry(start);
        Map.Entry<Integer, Packet> after = fragments.ceilingEntry(start);
        if (before != null && end(before.getValue()) > start
                || after != null && after.getKey() < end
                || total != UNKNOWN && (end > total || isLast(packet) && end != total)
                || isLast(packet) && !fragments.isEmpty() && end < lastEnd()) {
            return Fate.CONTRADICTS;
        }
        fragments.put(start, packet);
        payloadBytes += end - start;
        memory += memory(packet);
        longest = Math.max(longest, IpBounds.end(packet) - packet.networkHeader());
        touchedNanos = nowNanos;
        if (isLast(packet)) {
            total = end;
        }
        return payloadBytes == total ? Fate.COMPLETE : Fate.KEPT;
    }

    private int lastEnd() {
        return end(fragments.lastEntry().getValue());
    }

    /** What a packet occupies while it is held. */
    static long memory(Packet packet) {
        return packet.buffer().capacity();
    }

    /** The bytes of memory that all its fragments occupy. */
    long memory() {
        return memory;
    }

    /** When the last fragment came that was kept. */
    long touchedNanos() {
        return touchedNanos;
    }

    /** The length of the longest fragment, header included. */
    int longest() {
        return longest;
    }

    Iterable<Packet> fragments() {
        return fragments.values();
    }

    int count() {
        return fragments.size();
    }

    /**
     * A new packet of all fragments at their places, with what the first of them has before its
     * payload and its annotations. If none is missing it is the whole packet; else it is a fragment
     * with the place of the first that is there, and zeros where others are missing.
     */
    Packet join(PacketPool pool) {
        Packet first = fragments.firstEntry().getValue();
        int header = first.networkHeader();
        int payload = header + IpBounds.headerLength(first);
        int start = fragments.firstKey();
        int bytes = Math.min(lastEnd() - start, 0xffff - (payload - header));
        Packet whole = pool.allocate(payload + bytes);
        whole.copyAnnotations(first);
        whole.buffer().setZero(whole.start(), whole.length());
        whole.buffer().setBytes(whole.start(), first.buffer(), first.start(), payload);
        fragments.forEach((offset, part) -> copy(part, whole, payload + offset - start));
        boolean complete = start == 0 && payloadBytes == total;
        int word = start >>> 3 | (complete ? 0 : Ipv4Header.MORE_FRAGMENTS);
        whole.set16(header + Ipv4Header.TOTAL_LENGTH_AT, whole.length() - header);
        whole.set16(header + Ipv4Header.FRAGMENT_AT, word);
        whole.transportHeader(payload);
        IpFields.seal(whole, header, payload - header);
        return whole;
    }

    private static void copy(Packet part, Packet whole, int at) {
        int from = part.networkHeader() + IpBounds.headerLength(part);
        int bytes = Math.min(IpBounds.end(part) - from, whole.length() - at);
        if (bytes > 0) {
            whole.buffer().setBytes(whole.start() + at, part.buffer(), part.start() + from, bytes);
        }
    }
}
