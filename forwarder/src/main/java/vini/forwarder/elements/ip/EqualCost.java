package vini.forwarder.elements.ip;

import vini.forwarder.Packet;
import vini.net.FlowHash;
import vini.net.wire.IcmpHeader;
import vini.net.wire.Ipv4Header;

/**
 * Chooses among next hops of equal cost, so that a flow keeps to one: by a hash of addresses,
 * protocol and ports (ICMP echo: id) with a seed of the node's own. The fragments of a packet keep
 * together, too; a packet without an IPv4 header takes the first way.
 */
final class EqualCost {
    private EqualCost() {}

    static int pick(long seed, Packet packet, int ways) {
        if (!IpBounds.hasFixedHeader(packet)) {
            return 0;
        }
        int header = packet.networkHeader();
        int protocol = packet.u8(header + Ipv4Header.PROTOCOL_AT);
        return FlowHash.pick(
                seed,
                packet.i32(header + Ipv4Header.SOURCE_AT),
                packet.i32(header + Ipv4Header.DESTINATION_AT),
                protocol,
                ports(packet, header, protocol),
                ways);
    }

    private static int ports(Packet packet, int header, int protocol) {
        int payload = header + IpBounds.headerLength(packet);
        if (IpBounds.isFragment(packet) || packet.length() < payload + 8) {
            return 0;
        }
        return switch (protocol) {
            case Ipv4Header.TCP, Ipv4Header.UDP -> packet.i32(payload);
            case Ipv4Header.ICMP ->
                    packet.u8(payload) == IcmpHeader.ECHO_REQUEST
                                    || packet.u8(payload) == IcmpHeader.ECHO_REPLY
                            ? packet.u16(payload + IcmpHeader.ID_AT) << 16
                            : 0;
            default -> 0;
        };
    }
}
