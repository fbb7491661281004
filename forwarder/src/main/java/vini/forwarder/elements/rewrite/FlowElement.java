package vini.forwarder.elements.rewrite;

import vini.forwarder.Element;
import vini.forwarder.Packet;
import vini.net.wire.Ipv4Header;
import vini.net.wire.TcpHeader;
import vini.net.wire.UdpHeader;

/**
 * An element that tells the flow of a packet by its headers. The packet that is being handled is
 * kept in fields, so that nothing is allocated for it; a subclass says what a flow's key is and
 * what is rewritten besides addresses.
 */
abstract class FlowElement extends Element {
    // The packet that is being handled, as far as it has been read.
    int protocol;
    int transport;
    long addresses;
    long ports;
    private boolean laterFragment;

    /**
     * Reads what the key needs of the packet beyond {@link #addresses}; its IP header is read.
     *
     * @param end where the packet's bytes end
     * @param quoted whether it stands in an ICMP error, with 8 bytes after its IP header at least
     * @return whether packets like this one are rewritten
     */
    abstract boolean readKey(Packet packet, int end, boolean quoted);

    /** Turns what was read into what a reply to it would give. */
    abstract void turnAround();

    /** What packets of the other direction have as key, if a flow gets these addresses. */
    long replyAddresses(long newAddresses) {
        return FlowKey.swapped(newAddresses);
    }

    abstract long replyPorts(int newPorts);

    /** What the transport part's sum gains if the ports change so. */
    abstract int transportDelta(int ipDelta, int oldPorts, int newPorts);

    /**
     * Rewrites the transport part at {@link #transport}.
     *
     * @param quoted whether the packet stands in an ICMP error about a packet of the other
     *     direction
     */
    abstract void rewriteTransport(
            Packet packet, int end, int reference, int delta, boolean quoted);

    /** What has been seen of the flow once this packet is counted. */
    int seen(int before, Packet packet, int end, int reference) {
        return before;
    }

    /** Writes a key, such as {@code (10.0.0.1, 80, 10.0.0.2, 1024)}. */
    abstract String text(long keyAddresses, long keyPorts);

    /**
     * Reads an IP header into the fields.
     *
     * @param quoted whether the packet stands in an ICMP error, which has only its beginning
     * @return where the packet's bytes end, relative to the first byte; -1 if it is unsound
     */
    final int readIp(Packet packet, int header, int end, boolean quoted) {
        if (header < 0 || header > end - Ipv4Header.BYTES) {
            return -1;
        }
        int first = packet.u8(header);
        transport = header + ((first & 0x0f) << 2);
        int packetEnd = header + packet.u16(header + Ipv4Header.TOTAL_LENGTH_AT);
        int newEnd = Math.min(end, packetEnd);
        if (first >> 4 != 4
                || transport < header + Ipv4Header.BYTES
                || transport > newEnd
                || packetEnd > end && !quoted) {
            return -1;
        }
        protocol = packet.u8(header + Ipv4Header.PROTOCOL_AT);
        int fragment = packet.u16(header + Ipv4Header.FRAGMENT_AT);
        laterFragment = (fragment & Ipv4Header.FRAGMENT_OFFSET_MASK) != 0;
        addresses =
                FlowKey.addresses(
                        packet.i32(header + Ipv4Header.SOURCE_AT),
                        packet.i32(header + Ipv4Header.DESTINATION_AT));
        return newEnd;
    }

    /** Whether the packet is a fragment that has no transport header. */
    final boolean isLaterFragment() {
        return laterFragment;
    }

    /** Mends the checksum of a TCP or UDP header, as far as it is there. */
    final void mendTransport(Packet packet, int end, int delta) {
        if (protocol == Ipv4Header.TCP && transport + TcpHeader.URGENT_AT <= end) {
            int at = transport + TcpHeader.CHECKSUM_AT;
            packet.set16(at, FlowState.checksum(packet.u16(at), delta));
        } else if (protocol == Ipv4Header.UDP && transport + UdpHeader.BYTES <= end) {
            int at = transport + UdpHeader.CHECKSUM_AT;
            int sum = packet.u16(at);
            if (sum != 0) {
                int mended = FlowState.checksum(sum, delta);
                packet.set16(at, mended == 0 ? 0xffff : mended); // RFC 768: 0 would say none
            }
        }
    }

    /** The ports of a key as those of the other direction. */
    static long turned(long ports) {
        return ports & ~0xffffffffL | Integer.rotateLeft((int) ports, 16) & 0xffffffffL;
    }
}
