package vini.forwarder.elements.tcpudp;

import vini.forwarder.Packet;
import vini.net.Checksum;
import vini.net.wire.Ipv4Header;

/** Finds the transport part of an IPv4 packet; nothing in the packet is believed before a check. */
final class TransportPart {
    /** What {@link #start} says of a packet that has no such part. */
    static final int NONE = -1;

    private TransportPart() {}

    /**
     * Where the header of that protocol begins, relative to the packet's first byte; {@link #NONE}
     * if the IP header is not whole, is of another protocol, or of a fragment that is not the
     * first.
     */
    static int start(Packet packet, int protocol) {
        int header = packet.networkHeader();
        if (header < 0 || header > packet.length() - Ipv4Header.BYTES) {
            return NONE;
        }
        int first = packet.u8(header);
        int headerLength = (first & 0x0f) << 2;
        boolean sound =
                first >> 4 == 4
                        && headerLength >= Ipv4Header.BYTES
                        && packet.u8(header + Ipv4Header.PROTOCOL_AT) == protocol
                        && (packet.u16(header + Ipv4Header.FRAGMENT_AT)
                                        & Ipv4Header.FRAGMENT_OFFSET_MASK)
                                == 0
                        && packet.u16(header + Ipv4Header.TOTAL_LENGTH_AT) >= headerLength
                        && headerLength <= packet.length() - header;
        return sound ? header + headerLength : NONE;
    }

    /**
     * The bytes from {@code start} to the end that the IP header names; negative where the packet
     * has fewer.
     */
    static int length(Packet packet, int start) {
        int header = packet.networkHeader();
        int end = header + packet.u16(header + Ipv4Header.TOTAL_LENGTH_AT);
        return end <= packet.length() ? end - start : -1;
    }

    /** The sum over a segment and its pseudo-header (RFC 9293 3.1); a sound one finishes as 0. */
    static int checksum(Packet packet, int start, int length, int protocol) {
        int header = packet.networkHeader();
        return Checksum.finish(
                Checksum.sum(packet.buffer(), packet.start() + start, length)
                        + Checksum.pseudoHeader(
                                packet.i32(header + Ipv4Header.SOURCE_AT),
                                packet.i32(header + Ipv4Header.DESTINATION_AT),
                                protocol,
                                length));
    }
}
