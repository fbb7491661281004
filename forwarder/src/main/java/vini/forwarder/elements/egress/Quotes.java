package vini.forwarder.elements.egress;

import io.netty.buffer.ByteBuf;

import vini.net.Checksum;
import vini.net.wire.Ipv4Header;

/** Packets as users have sent them, put together again for an error that quotes them. */
final class Quotes {
    private Quotes() {}

    /** Gives the IPv4 packet that a buffer holds its length and its checksum. */
    static void seal(ByteBuf packet) {
        packet.setShort(Ipv4Header.TOTAL_LENGTH_AT, packet.writerIndex());
        packet.setShort(Ipv4Header.CHECKSUM_AT, 0);
        packet.setShort(Ipv4Header.CHECKSUM_AT, Checksum.of(packet, 0, Ipv4Header.BYTES));
    }
}
