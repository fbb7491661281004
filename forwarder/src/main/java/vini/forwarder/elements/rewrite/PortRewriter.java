package vini.forwarder.elements.rewrite;

import vini.forwarder.Packet;
import vini.net.wire.Ipv4Header;
import vini.net.wire.TcpHeader;
import vini.net.wire.UdpHeader;

/** Rewriters whose flows are addresses and ports of TCP or UDP: what they share. */
abstract class PortRewriter extends Rewriter {
    /** Of the transport header, what an ICMP error quotes at least (RFC 792). */
    private static final int QUOTED_BYTES = 8;

    /** Whether it rewrites that protocol. */
    abstract boolean accepts(int protocolNumber);

    /** The protocol in the keys of flows; 0 where one flow may be of either. */
    int keyProtocol() {
        return protocol;
    }

    @Override
    boolean readKey(Packet packet, int end, boolean quoted) {
        if (isLaterFragment() || !accepts(protocol)) {
            return false;
        }
        boolean tcp = protocol == Ipv4Header.TCP;
        int bytes = quoted ? QUOTED_BYTES : tcp ? TcpHeader.BYTES : UdpHeader.BYTES;
        if (transport + bytes > end) {
            return false;
        }
        ports = FlowKey.ports(owner(), keyProtocol(), packet.i32(transport));
        return true;
    }

    @Override
    void turnAround() {
        addresses = FlowKey.swapped(addresses);
        ports = turned(ports);
    }

    @Override
    long replyPorts(int newPorts) {
        return FlowKey.ports(owner(), keyProtocol(), Integer.rotateLeft(newPorts, 16));
    }

    @Override
    int transportDelta(int ipDelta, int oldPorts, int newPorts) {
        return FlowState.fold(ipDelta + FlowState.delta(oldPorts, newPorts));
    }

    @Override
    void rewriteTransport(Packet packet, int end, int reference, int delta, boolean quoted) {
        int ports = (int) table().ports(reference ^ 1);
        packet.set32(transport, quoted ? ports : Integer.rotateLeft(ports, 16));
        mendTransport(packet, end, delta);
    }

    @Override
    int seen(int before, Packet packet, int end, int reference) {
        return before == STREAMING ? before : streaming(before, reference);
    }

    private static final int STREAMING = FlowState.BOTH_SEEN | FlowState.COUNT;

    /** Counts packets up to 3, and their directions: more than an exchange is streaming. */
    private static int streaming(int before, int reference) {
        int after = before | FlowState.FORWARD_SEEN << (reference & 1);
        return (after & FlowState.COUNT) == FlowState.COUNT
                ? after
                : after + (1 << FlowState.COUNT_SHIFT);
    }

    /** Whether there were 3 packets at least, and one in each direction. */
    static boolean isStreaming(long state) {
        return (FlowState.seen(state) & STREAMING) == STREAMING;
    }

    @Override
    String text(long keyAddresses, long keyPorts) {
        return "("
                + FlowKey.source(keyAddresses, keyPorts).replace(" ", ", ")
                + ", "
                + FlowKey.destination(keyAddresses, keyPorts).replace(" ", ", ")
                + ")";
    }
}
