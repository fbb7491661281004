package vini.forwarder.host.tcp;

import io.netty.buffer.ByteBuf;

import vini.net.wire.Ipv4Header;
import vini.net.wire.TcpHeader;
import vini.net.wire.TcpOptions;
import vini.net.wire.WireException;

/**
 * A segment that came in, checked.
 *
 * @param packet whose bytes at {@code payloadAt} are the data; lent
 */
record Segment(
        int source,
        int destination,
        int sourcePort,
        int destinationPort,
        int sequence,
        int acknowledgment,
        int flags,
        int window,
        TcpOptions options,
        ByteBuf packet,
        int payloadAt,
        int payloadBytes) {

    static Segment parse(ByteBuf packet, int ip, int at, int length) throws WireException {
        int source = packet.getInt(ip + Ipv4Header.SOURCE_AT);
        int destination = packet.getInt(ip + Ipv4Header.DESTINATION_AT);
        int header = TcpHeader.check(packet, at, length, source, destination);
        return new Segment(
                source,
                destination,
                packet.getUnsignedShort(at + TcpHeader.SOURCE_PORT_AT),
                packet.getUnsignedShort(at + TcpHeader.DESTINATION_PORT_AT),
                packet.getInt(at + TcpHeader.SEQUENCE_AT),
                packet.getInt(at + TcpHeader.ACKNOWLEDGMENT_AT),
                packet.getUnsignedByte(at + TcpHeader.FLAGS_AT),
                packet.getUnsignedShort(at + TcpHeader.WINDOW_AT),
                TcpOptions.parse(packet, at + TcpHeader.OPTIONS_AT, header - TcpHeader.BYTES),
                packet,
                at + header,
                length - header);
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** SEG.LEN: the data, and one each for SYN and FIN. */
    int sequenceLength() {
        return payloadBytes + (has(TcpHeader.SYN) ? 1 : 0) + (has(TcpHeader.FIN) ? 1 : 0);
    }
}
