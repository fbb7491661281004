package vini.forwarder.elements.napt;

import vini.forwarder.Packet;
import vini.net.wire.IcmpHeader;
import vini.net.wire.Ipv4Header;
import vini.net.wire.TcpHeader;
import vini.net.wire.UdpHeader;

/**
 * What NAPT reads of a packet, or of one that an ICMP error quotes; read anew for each packet, so
 * that nothing is allocated for it. Offsets are relative to the packet's first byte.
 */
final class HeaderView {
    /** What a packet is for NAPT. */
    enum Kind {
        /** TCP or UDP. */
        TRANSPORT,
        /** An ICMP query whose identifier is translated. */
        QUERY,
        /** The reply to such a query. */
        REPLY,
        /** An ICMP error. */
        ERROR,
        /** A fragment that has no transport header. */
        LATER_FRAGMENT,
        /** Its headers are not there, or contradict what is. */
        UNSOUND,
        /** Of a protocol, or an ICMP type, that is not translated. */
        UNSUPPORTED
    }

    /** What of a transport header is in any ICMP error, RFC 792. */
    private static final int QUOTED_BYTES = 8;

    private static final int TIMESTAMP = 13;
    private static final int TIMESTAMP_REPLY = 14;

    int header;
    int transport;
    int end;
    int protocol;
    int source;
    int destination;

    /** Of ICMP queries and replies both ports are the identifier. */
    int sourcePort;

    int destinationPort;
    int tcpFlags;
    private int fragment;

    /** Reads a packet by its network header. */
    Kind read(Packet packet) {
        return readIp(packet, packet.networkHeader(), packet.length(), false)
                ? readTransport(packet, false)
                : Kind.UNSOUND;
    }

    /** Reads a packet that stands in another one up to {@code limit}, perhaps not all of it. */
    Kind readQuoted(Packet packet, int at, int limit) {
        return readIp(packet, at, limit, true) ? readTransport(packet, true) : Kind.UNSOUND;
    }

    private boolean readIp(Packet packet, int at, int limit, boolean quoted) {
        if (at < 0 || at > limit - Ipv4Header.BYTES) {
            return false;
        }
        int first = packet.u8(at);
        header = at;
        transport = at + ((first & 0x0f) << 2);
        int packetEnd = at + packet.u16(at + Ipv4Header.TOTAL_LENGTH_AT);
        end = Math.min(limit, packetEnd);
        protocol = packet.u8(at + Ipv4Header.PROTOCOL_AT);
        fragment = packet.u16(at + Ipv4Header.FRAGMENT_AT);
        source = packet.i32(at + Ipv4Header.SOURCE_AT);
        destination = packet.i32(at + Ipv4Header.DESTINATION_AT);
        return first >> 4 == 4
                && transport >= at + Ipv4Header.BYTES
                && transport <= end
                && (packetEnd <= limit || quoted);
    }

    private Kind readTransport(Packet packet, boolean quoted) {
        if (protocol != Ipv4Header.TCP
                && protocol != Ipv4Header.UDP
                && protocol != Ipv4Header.ICMP) {
            return Kind.UNSUPPORTED;
        }
        if ((fragment & Ipv4Header.FRAGMENT_OFFSET_MASK) != 0) {
            return Kind.LATER_FRAGMENT;
        }
        int bytes = end - transport;
        if (bytes < QUOTED_BYTES
                || protocol == Ipv4Header.TCP && bytes < TcpHeader.BYTES && !quoted) {
            return Kind.UNSOUND;
        }
        if (protocol == Ipv4Header.ICMP) {
            return readIcmp(packet);
        }
        sourcePort = packet.u16(transport);
        destinationPort = packet.u16(transport + UdpHeader.DESTINATION_PORT_AT);
        tcpFlags =
                protocol == Ipv4Header.TCP && bytes >= TcpHeader.BYTES
                        ? packet.u8(transport + TcpHeader.FLAGS_AT)
                        : 0;
        return Kind.TRANSPORT;
    }

    private Kind readIcmp(Packet packet) {
        int type = packet.u8(transport + IcmpHeader.TYPE_AT);
        sourcePort = packet.u16(transport + IcmpHeader.ID_AT);
        destinationPort = sourcePort;
        tcpFlags = 0;
        return switch (type) {
            case IcmpHeader.ECHO_REQUEST, TIMESTAMP -> Kind.QUERY;
            case IcmpHeader.ECHO_REPLY, TIMESTAMP_REPLY -> Kind.REPLY;
            case IcmpHeader.DESTINATION_UNREACHABLE,
                    IcmpHeader.TIME_EXCEEDED,
                    IcmpHeader.PARAMETER_PROBLEM ->
                    Kind.ERROR;
            default -> Kind.UNSUPPORTED;
        };
    }

    /** The sender's endpoint. */
    long from() {
        return Endpoint.of(source, sourcePort, protocol);
    }

    /** The receiver's endpoint. */
    long to() {
        return Endpoint.of(destination, destinationPort, protocol);
    }

    boolean isFragment() {
        return (fragment & (Ipv4Header.FRAGMENT_OFFSET_MASK | Ipv4Header.MORE_FRAGMENTS)) != 0;
    }

    /** Its offset in units of 8 bytes. */
    int fragmentOffset() {
        return fragment & Ipv4Header.FRAGMENT_OFFSET_MASK;
    }

    /** Whether it can never be in pieces, so that its identification says nothing: RFC 6864 4. */
    boolean isAtomic() {
        return (fragment & Ipv4Header.DONT_FRAGMENT) != 0 && !isFragment();
    }
}
