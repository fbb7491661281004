package vini.forwarder.elements.source;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Annotation;
import vini.forwarder.Packet;
import vini.forwarder.PacketPool;
import vini.net.Checksum;
import vini.net.Ipv4Address;

import java.util.random.RandomGenerator;

/** What a line of a summary says of a packet, and the packet that is made of it. */
final class SummaryRecord {
    private static final int UNSET = -1;
    private static final int PACKET_BYTES_MAX = 65_535;
    private static final int DEFAULT_TTL = 100;
    private static final byte[] NOTHING = {};

    long seconds;
    long nanos;
    int source;
    int destination;
    int sourcePort;
    int destinationPort;
    int protocol;
    long ipLength = UNSET;
    long payloadLength = UNSET;
    int udpLength = UNSET;
    int id;
    int tos;
    int ttl = DEFAULT_TTL;
    int checksum = UNSET;
    int fragment;
    int sequence;
    int acknowledgment;
    int flags;
    int window;
    int urgent;
    int ipBytes = UNSET;
    int tcpBytes = UNSET;
    int icmpType;
    int icmpCode;
    int icmpId;
    int icmpSequence;
    byte[] ipOptions = NOTHING;
    byte[] tcpOptions = NOTHING;
    byte[] payload = NOTHING;
    long count = 1;
    int paint;
    long aggregate;

    private int headerBytes() {
        return Math.max(20 + ipOptions.length, ipBytes);
    }

    private int transportBytes() {
        if ((fragment & 0x1fff) != 0) {
            return 0;
        }
        return switch (protocol) {
            case SummaryView.TCP -> Math.max(20 + tcpOptions.length, tcpBytes);
            case SummaryView.UDP, SummaryView.ICMP -> 8;
            default -> 0;
        };
    }

    /**
     * Makes the packet.
     *
     * @param filler gives bytes that the line does not say; null: zeros
     * @param whole whether the packet gets all its bytes, and checksums
     */
    Packet packet(PacketPool pool, @Nullable RandomGenerator filler, boolean whole) {
        int headers = headerBytes() + transportBytes();
        int there = Math.min(PACKET_BYTES_MAX, headers + payload.length);
        long length =
                ipLength != UNSET
                        ? ipLength
                        : payloadLength != UNSET ? headers + payloadLength : there;
        if (whole) {
            there = Math.clamp(length, headerBytes(), PACKET_BYTES_MAX);
        } else if (ipLength != UNSET) {
            // No packet has more bytes than its header says, but for that header.
            there = Math.clamp(ipLength, headerBytes(), there);
        }
        int end = there;
        // The headers are written whole; what is beyond the end is cut off afterwards.
        there = whole ? there : Math.max(there, Math.min(headers, PACKET_BYTES_MAX));
        Packet packet = pool.allocate(there);
        byte[] bytes = new byte[there];
        if (filler != null) {
            filler.nextBytes(bytes);
        }
        packet.buffer().setBytes(packet.start(), bytes);
        int payloadBytes = Math.max(0, Math.min(payload.length, there - headers));
        packet.buffer()
                .setBytes(packet.start() + Math.min(headers, there), payload, 0, payloadBytes);
        writeIp(packet, Math.clamp(length, 0, PACKET_BYTES_MAX));
        if (there >= headers) {
            writeTransport(packet, length);
        }
        if (whole) {
            writeChecksums(packet, there);
        }
        packet.truncate(end);
        annotate(packet, Math.max(0, length - end));
        return packet;
    }

    private void writeIp(Packet packet, int length) {
        packet.set8(0, 0x40 | headerBytes() / 4);
        packet.set8(1, tos);
        packet.set16(2, length);
        packet.set16(4, id);
        packet.set16(6, fragment);
        packet.set8(8, ttl);
        packet.set8(9, protocol);
        if (checksum != UNSET) {
            packet.set16(10, checksum);
        }
        packet.set32(12, source);
        packet.set32(16, destination);
        packet.buffer().setBytes(packet.start() + 20, ipOptions);
    }

    private void writeTransport(Packet packet, long length) {
        int at = headerBytes();
        if (transportBytes() == 0) {
            return;
        }
        if (protocol == SummaryView.ICMP) {
            packet.set8(at, icmpType);
            packet.set8(at + 1, icmpCode);
            packet.set16(at + 4, icmpId);
            packet.set16(at + 6, icmpSequence);
            return;
        }
        packet.set16(at, sourcePort);
        packet.set16(at + 2, destinationPort);
        if (protocol == SummaryView.UDP) {
            long udp = udpLength != UNSET ? udpLength : Math.max(8, length - at);
            packet.set16(at + 4, (int) Math.min(udp, PACKET_BYTES_MAX));
            return;
        }
        packet.set32(at + 4, sequence);
        packet.set32(at + 8, acknowledgment);
        packet.set16(at + 12, transportBytes() / 4 << 12 | flags);
        packet.set16(at + 14, window);
        packet.set16(at + 18, urgent);
        packet.buffer().setBytes(packet.start() + at + 20, tcpOptions);
    }

    private void writeChecksums(Packet packet, int there) {
        int at = headerBytes();
        int start = packet.start();
        if (there >= at + transportBytes() && transportBytes() > 0 && (fragment & 0x2000) == 0) {
            int field =
                    switch (protocol) {
                        case SummaryView.TCP -> 16;
                        case SummaryView.UDP -> 6;
                        default -> 2;
                    };
            packet.set16(at + field, 0);
            long sum = Checksum.sum(packet.buffer(), start + at, there - at);
            if (protocol != SummaryView.ICMP) {
                sum += Checksum.pseudoHeader(source, destination, protocol, there - at);
            }
            int value = Checksum.finish(sum);
            // A UDP checksum of zero would say that there is none (RFC 768).
            packet.set16(at + field, value == 0 && protocol == SummaryView.UDP ? 0xffff : value);
        }
        packet.set16(10, 0);
        packet.set16(10, Checksum.of(packet.buffer(), start, at));
    }

    private void annotate(Packet packet, long missing) {
        packet.networkHeader(0);
        packet.transportHeader(headerBytes());
        packet.destination(destination);
        packet.timestampNanos(seconds * 1_000_000_000L + nanos);
        packet.paint(paint);
        packet.annotation(Annotation.EXTRA_LENGTH.at(), 4, missing);
        packet.annotation(Annotation.EXTRA_PACKETS.at(), 4, Math.max(0, count - 1));
        packet.annotation(Annotation.AGGREGATE.at(), 4, aggregate);
    }

    /** Takes addresses and ports of a flow, the other way round for its second direction. */
    void flow(SummaryFlow flow) {
        boolean back = (paint & 1) != 0;
        source = (back ? flow.destination() : flow.source()).bits();
        destination = (back ? flow.source() : flow.destination()).bits();
        sourcePort = back ? flow.destinationPort() : flow.sourcePort();
        destinationPort = back ? flow.sourcePort() : flow.destinationPort();
    }

    /** Reads an address to its bits. */
    static int address(String text) {
        return Ipv4Address.parse(text).bits();
    }
}
