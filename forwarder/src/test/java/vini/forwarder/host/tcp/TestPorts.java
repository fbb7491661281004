package vini.forwarder.host.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import vini.forwarder.host.BuiltinStack;
import vini.forwarder.host.TcpHandler;
import vini.forwarder.host.TcpSettings;
import vini.net.Ipv4Address;
import vini.net.wire.Ipv4Header;
import vini.net.wire.TcpHeader;

import java.io.IOException;

/** What only tests do to TCP. */
final class TestPorts {
    private TestPorts() {}

    /** Connects from a port of one's choice. */
    static void connectFrom(
            BuiltinStack host, int local, Ipv4Address to, int port, TcpHandler handler)
            throws IOException {
        host.tcp().connect(local, to, port, handler, TcpSettings.DEFAULT);
    }

    /** A bare segment with these flags, {@code later} sequence numbers behind another's first. */
    static ByteBuf flagged(ByteBuf segment, int flags, int later) {
        ByteBuf packet = Unpooled.buffer();
        int at = Ipv4Header.BYTES;
        int source = segment.getInt(Ipv4Header.SOURCE_AT);
        int destination = segment.getInt(Ipv4Header.DESTINATION_AT);
        int options = TcpHeader.headerLength(segment, at) - TcpHeader.BYTES;
        int length = TcpHeader.BYTES + options;
        Ipv4Header.emit(packet, 0, at + length, 0, 0, 64, Ipv4Header.TCP, source, destination);
        TcpHeader.emit(
                packet,
                segment.getUnsignedShort(at),
                segment.getUnsignedShort(at + 2),
                segment.getInt(at + TcpHeader.SEQUENCE_AT) + later,
                segment.getInt(at + TcpHeader.ACKNOWLEDGMENT_AT),
                length,
                flags,
                1000);
        packet.writeBytes(segment, at + TcpHeader.OPTIONS_AT, options);
        TcpHeader.seal(packet, at, length, source, destination);
        return packet;
    }
}
