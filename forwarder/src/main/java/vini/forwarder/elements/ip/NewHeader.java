package vini.forwarder.elements.ip;

import vini.forwarder.Packet;
import vini.net.wire.Ipv4Header;

/** Writes the IPv4 header of packets that elements put together. */
public final class NewHeader {
    private NewHeader() {}

    /**
     * Writes a header of 20 bytes over the first bytes of a packet that may be written, and sets
     * its header offsets and destination annotation.
     *
     * @param fragment flags and offset, as in the field
     */
    public static void write(
            Packet packet,
            int tos,
            int id,
            int fragment,
            int ttl,
            int protocol,
            int source,
            int destination) {
        packet.buffer().writerIndex(packet.start());
        Ipv4Header.emit(
                packet.buffer(),
                tos,
                packet.length(),
                id,
                fragment,
                ttl,
                protocol,
                source,
                destination);
        packet.networkHeader(0);
        packet.transportHeader(Ipv4Header.BYTES);
        packet.destination(destination);
    }
}
