package vini.forwarder.elements.egress;

import io.netty.buffer.ByteBuf;

import vini.forwarder.Packet;
import vini.forwarder.elements.ip.IpBounds;
import vini.net.wire.Ipv4Header;
import vini.net.wire.UdpHeader;
import vini.net.wire.WireException;

/** The UDP of users: each port of theirs is one socket outside. */
final class UdpSide implements DatagramSession.Protocol {
    private static final int QUOTED_MAX = 512;

    private final Side side;
    private final DatagramSessions ports;

    UdpSide(Side side, long hashSeed) {
        this.side = side;
        ports = new DatagramSessions(side, this, hashSeed, e -> {});
    }

    /** Takes a datagram of a user, whose header is there. */
    void fromInside(Packet packet, long nowNanos) {
        int header = packet.networkHeader();
        int at = header + IpBounds.headerLength(packet);
        int source = packet.i32(header + Ipv4Header.SOURCE_AT);
        int destination = packet.i32(header + Ipv4Header.DESTINATION_AT);
        int length;
        try {
            length =
                    UdpHeader.check(
                            packet.buffer(),
                            packet.start() + at,
                            IpBounds.end(packet) - at,
                            source,
                            destination);
        } catch (WireException e) {
            side.answers.drop("badUdp", packet);
            return;
        }
        int port = packet.u16(at + UdpHeader.DESTINATION_PORT_AT);
        if (port == 0) {
            side.answers.drop("badUdp", packet);
            return;
        }
        int sourcePort = packet.u16(at + UdpHeader.SOURCE_PORT_AT);
        DatagramSession session = ports.of(packet, source, sourcePort, nowNanos);
        if (session == null) {
            return;
        }
        packet.truncate(at + length); // what is behind the datagram is not of it
        session.send(packet, at + UdpHeader.BYTES, destination, port, nowNanos);
    }

    @Override
    public int number() {
        return Ipv4Header.UDP;
    }

    @Override
    public long timeoutNanos() {
        return side.settings.timeouts().udp();
    }

    @Override
    public boolean inward(DatagramSession session, Packet payload, int from, int port) {
        Packet packet = payload.prepend(UdpHeader.BYTES);
        int length = packet.length();
        ByteBuf bytes = packet.buffer();
        bytes.writerIndex(packet.start());
        UdpHeader.emit(bytes, port, session.port(), length);
        UdpHeader.seal(bytes, packet.start(), length, from, session.address());
        side.answers.send(packet, Ipv4Header.UDP, from, session.address());
        return true;
    }

    @Override
    public void quote(DatagramSession session, ByteBuf out, int to, int port, Packet rest) {
        int bytes = Math.min(rest.length(), QUOTED_MAX);
        UdpHeader.emit(out, session.port(), port, UdpHeader.BYTES + bytes);
        out.writeBytes(rest.buffer(), rest.start(), bytes);
    }

    @Override
    public void over(DatagramSession session) {
        ports.remove(session);
    }
}
