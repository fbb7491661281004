package vini.forwarder.elements.ip6;

import vini.forwarder.Packet;
import vini.forwarder.PacketPool;
import vini.net.EtherAddress;
import vini.net.wire.EtherHeader;
import vini.net.wire.NeighborMessage;
import vini.net.wire.WireException;

/** Ethernet frames with messages of Neighbor Discovery. */
final class NeighborFrames {
    private NeighborFrames() {}

    static NeighborMessage parse(Packet frame) throws WireException {
        if (frame.length() < EtherHeader.BYTES
                || frame.u16(EtherHeader.TYPE_AT) != EtherHeader.IPV6) {
            throw new WireException("no frame with IPv6");
        }
        return NeighborMessage.parse(
                frame.buffer(),
                frame.start() + EtherHeader.BYTES,
                frame.length() - EtherHeader.BYTES);
    }

    static Packet make(
            PacketPool pool, EtherAddress to, EtherAddress from, NeighborMessage message) {
        Packet frame = pool.allocate(EtherHeader.BYTES + message.bytes());
        EtherHeader.set(frame.buffer(), frame.start(), to.bits(), from.bits(), EtherHeader.IPV6);
        message.set(frame.buffer(), frame.start() + EtherHeader.BYTES);
        frame.macHeader(0);
        frame.networkHeader(EtherHeader.BYTES);
        return frame;
    }
}
