package vini.forwarder.elements.egress;

import io.netty.buffer.ByteBuf;

import vini.forwarder.Packet;
import vini.forwarder.elements.ip.IpBounds;
import vini.forwarder.io.LibcException;
import vini.net.wire.IcmpHeader;
import vini.net.wire.Ipv4Header;
import vini.net.wire.WireException;

import java.io.IOException;
import java.util.function.Consumer;

/** The pings of users: each identifier of theirs is one socket outside. */
final class EchoSide implements DatagramSession.Protocol {
    private static final int QUOTED_MAX = 512;

    private final Side side;
    private final DatagramSessions identifiers;
    private final Consumer<String> chatter;
    private boolean hasComplained;

    /**
     * A side.
     *
     * @param chatter hears once what the machine would need
     */
    EchoSide(Side side, long hashSeed, Consumer<String> chatter) {
        this.side = side;
        this.chatter = chatter;
        identifiers = new DatagramSessions(side, this, hashSeed, this::complain);
    }

    /** Takes an echo request of a user, whose message has been checked. */
    void fromInside(Packet packet, int at, long nowNanos) {
        int header = packet.networkHeader();
        int source = packet.i32(header + Ipv4Header.SOURCE_AT);
        int identifier = packet.u16(at + IcmpHeader.ID_AT);
        DatagramSession session = identifiers.of(packet, source, identifier, nowNanos);
        if (session == null) {
            return;
        }
        packet.truncate(IpBounds.end(packet));
        int destination = packet.i32(header + Ipv4Header.DESTINATION_AT);
        session.send(packet, at, destination, 0, nowNanos);
    }

    private void complain(IOException e) {
        if (!hasComplained && e instanceof LibcException && !Side.isExhausted(e)) {
            hasComplained = true;
            chatter.accept(
                    "no ping of users gets out: "
                            + e.getMessage()
                            + "; as root, sysctl net.ipv4.ping_group_range=\"0 2147483647\" allows"
                            + " it to everybody");
        }
    }

    @Override
    public int number() {
        return Ipv4Header.ICMP;
    }

    @Override
    public long timeoutNanos() {
        return side.settings.timeouts().icmp();
    }

    @Override
    public boolean inward(DatagramSession session, Packet payload, int from, int port) {
        try {
            IcmpHeader.check(payload.buffer(), payload.start(), payload.length());
        } catch (WireException e) {
            return false;
        }
        if (payload.u8(IcmpHeader.TYPE_AT) != IcmpHeader.ECHO_REPLY) {
            return false;
        }
        payload.set16(IcmpHeader.ID_AT, session.port());
        IcmpHeader.seal(payload.buffer(), payload.start(), payload.length());
        side.answers.send(payload, Ipv4Header.ICMP, from, session.address());
        return true;
    }

    @Override
    public void quote(DatagramSession session, ByteBuf out, int to, int port, Packet rest) {
        int at = out.writerIndex();
        int bytes = Math.min(rest.length(), QUOTED_MAX);
        out.writeBytes(rest.buffer(), rest.start(), bytes);
        if (bytes < IcmpHeader.BYTES) {
            out.writeZero(IcmpHeader.BYTES - bytes);
            out.setByte(at + IcmpHeader.TYPE_AT, IcmpHeader.ECHO_REQUEST);
        }
        // RFC 1624, eqn. 3: the checksum is that of the whole message, which is not here.
        int sum = ~out.getUnsignedShort(at + IcmpHeader.CHECKSUM_AT) & 0xffff;
        sum += (~out.getUnsignedShort(at + IcmpHeader.ID_AT) & 0xffff) + session.port();
        sum = (sum & 0xffff) + (sum >>> 16);
        out.setShort(at + IcmpHeader.CHECKSUM_AT, ~(sum + (sum >>> 16)));
        out.setShort(at + IcmpHeader.ID_AT, session.port());
    }

    @Override
    public void over(DatagramSession session) {
        identifiers.remove(session);
    }
}
