package vini.forwarder.elements.egress;

import io.netty.buffer.ByteBuf;

import vini.forwarder.Loop;
import vini.forwarder.Packet;
import vini.forwarder.elements.ip.IpBounds;
import vini.forwarder.elements.napt.InsideHosts;
import vini.forwarder.host.IcmpErrorMessage;
import vini.net.Ipv4Address;
import vini.net.wire.IcmpHeader;
import vini.net.wire.Ipv4Header;
import vini.net.wire.WireException;
import vini.time.Timer;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** What carries users' packets on, by all protocols, as long as their sessions live. */
final class Carrier {
    private final Loop loop;
    private final EgressSettings settings;
    private final EgressCounts counts;
    private final InsideHosts insiders;
    private final Sessions sessions;
    private final Answers answers;
    private final Outside outside;
    private final TcpSide tcp;
    private final UdpSide udp;
    private final EchoSide echo;
    private final Timer reaper;

    /**
     * Carries on by sockets that the outside opens.
     *
     * @param random for what must not be guessed
     * @param chatter hears once what the machine would need
     */
    Carrier(
            Loop loop,
            EgressSettings settings,
            EgressCounts counts,
            Answers answers,
            Outside outside,
            RandomGenerator random,
            Consumer<String> chatter) {
        this.loop = loop;
        this.settings = settings;
        this.counts = counts;
        this.answers = answers;
        this.outside = outside;
        insiders = new InsideHosts(settings.inside());
        sessions = new Sessions(settings, counts);
        Side side = new Side(settings, counts, sessions, answers, outside);
        tcp = new TcpSide(side, loop.clock(), random);
        udp = new UdpSide(side, random.nextLong());
        echo = new EchoSide(side, random.nextLong(), chatter);
        reaper = loop.clock().timer(this::reap);
    }

    Answers answers() {
        return answers;
    }

    EgressCounts counts() {
        return counts;
    }

    Sessions sessions() {
        return sessions;
    }

    TcpSide tcp() {
        return tcp;
    }

    /** Takes a packet of a user. */
    void take(Packet packet) {
        if (!IpBounds.hasHeader(packet)) {
            answers.drop(IpBounds.NO_HEADER, packet);
            return;
        }
        int header = packet.networkHeader();
        if (IpBounds.isFragment(packet)) {
            answers.drop("fragment", packet);
            return;
        }
        if (!insiders.has(packet.i32(header + Ipv4Header.SOURCE_AT))) {
            answers.drop("notInside", packet);
            return;
        }
        switch (packet.u8(header + Ipv4Header.PROTOCOL_AT)) {
            case Ipv4Header.TCP -> tcp.fromInside(packet);
            case Ipv4Header.UDP -> udp.fromInside(packet, loop.clock().nowNanos());
            case Ipv4Header.ICMP -> icmp(packet);
            default -> answers.drop("unsupported", packet);
        }
        if (!reaper.isSet() && sessions.size() > 0) {
            reaper.after(settings.reapNanos());
        }
    }

    private void icmp(Packet packet) {
        int header = packet.networkHeader();
        int at = header + IpBounds.headerLength(packet);
        int length = IpBounds.end(packet) - at;
        ByteBuf bytes = packet.buffer();
        try {
            IcmpHeader.check(bytes, packet.start() + at, length);
            int type = packet.u8(at + IcmpHeader.TYPE_AT);
            if (type == IcmpHeader.ECHO_REQUEST && packet.u8(at + IcmpHeader.CODE_AT) == 0) {
                echo.fromInside(packet, at, loop.clock().nowNanos());
            } else if (IcmpHeader.isError(type)) {
                Ipv4Address from = new Ipv4Address(packet.i32(header + Ipv4Header.SOURCE_AT));
                error(IcmpErrorMessage.parse(bytes, from, packet.start() + at, length));
                answers.delivered(packet);
            } else {
                answers.drop("unsupported", packet);
            }
        } catch (WireException e) {
            answers.drop("badIcmp", packet);
        }
    }

    /** Of TCP's answers somebody in the slice may say something; UDP's are nobody's here. */
    private void error(IcmpErrorMessage error) {
        if (error.protocol() == Ipv4Header.TCP) {
            tcp.error(error);
        }
    }

    private void reap() {
        sessions.reap(loop.clock().nowNanos());
        if (sessions.size() > 0) {
            reaper.after(settings.reapNanos());
        }
    }

    /** Ends all sessions. */
    void close() {
        reaper.cancel();
        sessions.clear();
        tcp.close();
        outside.close();
        answers.close();
    }
}
