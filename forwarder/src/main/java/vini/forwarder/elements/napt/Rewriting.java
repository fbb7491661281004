package vini.forwarder.elements.napt;

import vini.forwarder.Packet;
import vini.forwarder.elements.rewrite.FlowState;
import vini.net.Checksum;
import vini.net.wire.IcmpHeader;
import vini.net.wire.Ipv4Header;
import vini.net.wire.TcpHeader;
import vini.net.wire.UdpHeader;

/** Writes endpoints into packets and mends their checksums (RFC 1624). Packets are writable. */
final class Rewriting {
    /** The complement of a delta, which is the delta of the way back. */
    static int back(int delta) {
        return ~delta & 0xffff;
    }

    private Rewriting() {}

    /**
     * Gives a packet another source.
     *
     * @param ipDelta what the IP header's sum gains by it
     * @param transportDelta what the sum of the transport part gains
     */
    static void source(
            Packet packet, HeaderView view, long endpoint, int ipDelta, int transportDelta) {
        view.source = Endpoint.address(endpoint);
        view.sourcePort = Endpoint.port(endpoint);
        packet.set32(view.header + Ipv4Header.SOURCE_AT, view.source);
        mendIp(packet, view.header, ipDelta);
        if (view.protocol == Ipv4Header.ICMP) {
            identifier(packet, view, view.sourcePort, transportDelta);
        } else {
            packet.set16(view.transport, view.sourcePort);
            mendTransport(packet, view, transportDelta);
        }
    }

    /** Gives a packet another destination. */
    static void destination(
            Packet packet, HeaderView view, long endpoint, int ipDelta, int transportDelta) {
        view.destination = Endpoint.address(endpoint);
        view.destinationPort = Endpoint.port(endpoint);
        packet.set32(view.header + Ipv4Header.DESTINATION_AT, view.destination);
        mendIp(packet, view.header, ipDelta);
        if (view.protocol == Ipv4Header.ICMP) {
            identifier(packet, view, view.destinationPort, transportDelta);
        } else {
            packet.set16(view.transport + UdpHeader.DESTINATION_PORT_AT, view.destinationPort);
            mendTransport(packet, view, transportDelta);
        }
    }

    /** Gives a packet other addresses where the transport part has no pseudo-header, or none. */
    static void addresses(Packet packet, int header, int source, int destination) {
        int oldSource = packet.i32(header + Ipv4Header.SOURCE_AT);
        int oldDestination = packet.i32(header + Ipv4Header.DESTINATION_AT);
        packet.set32(header + Ipv4Header.SOURCE_AT, source);
        packet.set32(header + Ipv4Header.DESTINATION_AT, destination);
        mendIp(
                packet,
                header,
                FlowState.fold(
                        FlowState.delta(oldSource, source)
                                + FlowState.delta(oldDestination, destination)));
    }

    /** Gives a packet another identification. */
    static void id(Packet packet, int header, int id) {
        int old = packet.u16(header + Ipv4Header.ID_AT);
        packet.set16(header + Ipv4Header.ID_AT, id);
        mendIp(packet, header, FlowState.delta(old, id));
    }

    private static void mendIp(Packet packet, int header, int delta) {
        int at = header + Ipv4Header.CHECKSUM_AT;
        packet.set16(at, FlowState.checksum(packet.u16(at), delta));
    }

    /** Mends the checksum of TCP or UDP, as far as it is there. */
    private static void mendTransport(Packet packet, HeaderView view, int delta) {
        if (view.protocol == Ipv4Header.TCP) {
            int at = view.transport + TcpHeader.CHECKSUM_AT;
            if (at + 2 <= view.end) {
                packet.set16(at, FlowState.checksum(packet.u16(at), delta));
            }
            return;
        }
        int at = view.transport + UdpHeader.CHECKSUM_AT;
        int sum = packet.u16(at);
        if (sum != 0) {
            int mended = FlowState.checksum(sum, delta);
            packet.set16(at, mended == 0 ? 0xffff : mended); // RFC 768: 0 would say none
        }
    }

    private static void identifier(Packet packet, HeaderView view, int identifier, int delta) {
        packet.set16(view.transport + IcmpHeader.ID_AT, identifier);
        int at = view.transport + IcmpHeader.CHECKSUM_AT;
        int mended = FlowState.checksum(packet.u16(at), delta);
        packet.set16(at, mended);
        if (mended == 0 && !view.isFragment() && view.end == whole(packet, view)) {
            // A reply all of zeros has the sum 0, which RFC 1624 does not think of.
            packet.set16(
                    at,
                    Checksum.of(
                            packet.buffer(),
                            packet.start() + view.transport,
                            view.end - view.transport));
        }
    }

    private static int whole(Packet packet, HeaderView view) {
        return view.header + packet.u16(view.header + Ipv4Header.TOTAL_LENGTH_AT);
    }
}
