package vini.forwarder.elements.egress;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import vini.forwarder.Packet;
import vini.forwarder.elements.icmp.ErrorWriter;
import vini.forwarder.elements.ip.IpBounds;
import vini.forwarder.elements.napt.Endpoint;
import vini.forwarder.io.Errno;
import vini.forwarder.io.SocketError;
import vini.net.wire.IcmpHeader;
import vini.net.wire.Ipv4Header;

import java.io.IOException;

/**
 * A user's port of UDP, or its identifier of ICMP echo, with a socket of its own that is not
 * connected: whomever the user speaks to, the outside sees one port (RFC 4787 REQ-1).
 */
final class DatagramSession extends Session implements Outside.Receiver {
    /** The offset of what is quoted of a datagram in an error that this makes. */
    private static final int QUOTE_MAX = 576;

    /** What UDP and ICMP echo have of their own. */
    interface Protocol {
        int number();

        long timeoutNanos();

        /**
         * Gives a payload from outside to the user; false if it is none of its, and still to drop.
         */
        boolean inward(DatagramSession session, Packet payload, int from, int port);

        /** Writes the transport header and what is left behind it, as the user had sent it. */
        void quote(DatagramSession session, ByteBuf out, int to, int port, Packet rest);

        void over(DatagramSession session);
    }

    private final Protocol protocol;
    private final Side side;
    private final Peers peers;
    private final Outside.Datagrams socket;

    /** What the path carries, as this machine says when it refuses a packet; 0: did not say. */
    private int localMtu;

    DatagramSession(Protocol protocol, Side side, long inside, long nowNanos) throws IOException {
        super(inside, nowNanos);
        this.protocol = protocol;
        this.side = side;
        this.peers = new Peers(side.settings.filtering(), protocol.number());
        this.socket =
                side.open(
                        () ->
                                protocol.number() == Ipv4Header.UDP
                                        ? side.outside.udp(this)
                                        : side.outside.echo(this),
                        nowNanos);
    }

    /** Sends what begins at {@code at} of a user's packet on, which is given away. */
    void send(Packet packet, int at, int to, int port, long nowNanos) {
        use(nowNanos);
        peers.sentTo(to, port);
        int bytes = IpBounds.end(packet) - at;
        Outside.Travel travel = Side.travel(packet);
        long address = packet.address() + at;
        long result = socket.send(address, bytes, to, port, travel);
        if (result < 0 && !isFull(result) && socket.readErrors()) {
            // The error was an earlier packet's.
            result = socket.send(address, bytes, to, port, travel);
        }
        if (result >= 0) {
            side.answers.delivered(packet);
        } else if (isFull(result)) {
            side.answers.drop("noRoom", packet);
        } else {
            failed(packet, (int) -result);
        }
    }

    private static boolean isFull(long result) {
        return result == -Errno.EAGAIN || result == -Errno.ENOBUFS;
    }

    /** This machine would not send it. */
    private void failed(Packet packet, int errno) {
        switch (errno) {
            case Errno.EMSGSIZE -> {
                boolean _ = socket.readErrors();
                side.refuse(
                        packet,
                        "tooLong",
                        new ErrorWriter.Kind(
                                IcmpHeader.DESTINATION_UNREACHABLE,
                                IcmpHeader.FRAGMENTATION_NEEDED,
                                localMtu));
            }
            case Errno.ENETUNREACH ->
                    side.refuse(packet, "noRoute", ErrorWriter.Kind.unreachable(0));
            case Errno.EHOSTUNREACH ->
                    side.refuse(
                            packet,
                            "noRoute",
                            ErrorWriter.Kind.unreachable(IcmpHeader.HOST_UNREACHABLE));
            case Errno.EACCES, Errno.EPERM ->
                    side.refuse(
                            packet, "notAllowed", ErrorWriter.Kind.unreachable(Side.PROHIBITED));
            default -> side.answers.drop("notSent", packet);
        }
    }

    @Override
    public void received(Packet payload, int from, int port) {
        if (!peers.mayCome(from, port)) {
            refused("filtered", payload);
        } else if (protocol.inward(this, payload, from, port)) {
            return;
        } else {
            refused("notForUser", payload);
        }
    }

    /** It begins and ends here. */
    private void refused(String reason, Packet payload) {
        side.answers.begins();
        side.answers.drop(reason, payload);
    }

    @Override
    public void failed(SocketError error, int to, int port, Packet rest) {
        if (!error.isIcmp()) {
            localMtu = error.errno() == Errno.EMSGSIZE ? error.info() : localMtu;
            return;
        }
        ByteBuf quote = Unpooled.buffer(QUOTE_MAX);
        Ipv4Header.emit(
                quote,
                0,
                Ipv4Header.BYTES,
                0,
                error.errno() == Errno.EMSGSIZE ? Ipv4Header.DONT_FRAGMENT : 0,
                1,
                protocol.number(),
                address(),
                to);
        protocol.quote(this, quote, to, port, rest);
        Quotes.seal(quote);
        boolean isTooLong =
                error.type() == IcmpHeader.DESTINATION_UNREACHABLE
                        && error.code() == IcmpHeader.FRAGMENTATION_NEEDED;
        side.answers.tell(
                new ErrorWriter.Kind(
                        error.type(), error.code(), isTooLong ? error.info() & 0xffff : 0),
                error.offender(),
                address(),
                quote,
                0,
                quote.readableBytes());
    }

    @Override
    long timeoutNanos() {
        return protocol.timeoutNanos();
    }

    @Override
    void end(End why) {
        protocol.over(this);
        socket.close();
    }

    @Override
    String text() {
        return Endpoint.protocolName(protocol.number())
                + " "
                + Endpoint.text(inside)
                + " => :"
                + socket.port();
    }
}
