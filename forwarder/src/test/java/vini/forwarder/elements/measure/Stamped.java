package vini.forwarder.elements.measure;

import vini.forwarder.Packet;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Inject;
import vini.forwarder.kit.Packets;

/** Packets with timestamps, for tests of this family. */
final class Stamped {
    static final long SECOND = 1_000_000_000L;

    private Stamped() {}

    /** Pushes a packet with that timestamp out of the element of that name. */
    static void push(GraphRun run, String from, long nanos, String hex) {
        Inject inject = run.element(from, Inject.class);
        Packet packet = inject.packet(hex);
        packet.timestampNanos(nanos);
        inject.inject(packet);
    }

    /** An IPv4 packet, or a part of one; {@code fragment} is the field of RFC 791. */
    static String part(String from, String to, int protocol, int id, int fragment, String payload) {
        String plain = Packets.ipv4(from, to, 64, protocol, payload);
        String head =
                plain.substring(0, 8)
                        + "%04x%04x".formatted(id, fragment)
                        + plain.substring(16, 20)
                        + "0000"
                        + plain.substring(24);
        return head.substring(0, 20) + Packets.checksum(head.substring(0, 40)) + head.substring(24);
    }

    /** A UDP header without data. */
    static String udp(int from, int to) {
        return "%04x%04x00080000".formatted(from, to);
    }

    /** A TCP header of 20 bytes with those flags. */
    static String tcp(int from, int to, int flags) {
        return "%04x%04x".formatted(from, to)
                + "0000000a0000000b50"
                + "%02x".formatted(flags)
                + "100000000000";
    }
}
