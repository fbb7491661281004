package vini.forwarder.elements.egress;

import io.netty.buffer.Unpooled;

import vini.forwarder.Packet;
import vini.forwarder.elements.icmp.ErrorWriter;
import vini.forwarder.elements.ip.IpBounds;
import vini.forwarder.host.HostCounters;
import vini.forwarder.host.IcmpErrorMessage;
import vini.forwarder.host.IpTransmitter;
import vini.forwarder.host.tcp.TcpCall;
import vini.forwarder.host.tcp.TcpStack;
import vini.net.wire.WireException;
import vini.time.Clock;

import java.util.random.RandomGenerator;

/** The TCP of users, which ends here and is carried on by connections to the outside. */
final class TcpSide {
    private final Side side;
    private final Clock clock;
    private final Budget budget;
    private final HostCounters counters = new HostCounters();
    private final TcpStack stack;

    TcpSide(Side side, Clock clock, RandomGenerator random) {
        this.side = side;
        this.clock = clock;
        EgressSettings settings = side.settings;
        budget = new Budget(settings.bytes(), settings.sessions(), settings.bufferBytes());
        stack =
                new TcpStack(
                        clock,
                        random,
                        settings.errorSource(),
                        new IpTransmitter(side.answers, counters),
                        counters);
        stack.stand(this::called);
    }

    /** Takes a segment of a user, whose IPv4 header is there. */
    void fromInside(Packet packet) {
        int header = packet.networkHeader();
        int at = header + IpBounds.headerLength(packet);
        try {
            stack.input(
                    packet.buffer(),
                    packet.start() + header,
                    packet.start() + at,
                    IpBounds.end(packet) - at);
            side.answers.delivered(packet);
        } catch (WireException e) {
            side.answers.drop("badTcp", packet);
        }
    }

    /** Takes an error about a segment that was sent into the slice. */
    void error(IcmpErrorMessage error) {
        stack.error(error);
    }

    private Runnable called(TcpCall call) {
        side.counts.callsHeld.increment();
        int user = call.from().bits();
        Refusal refusal = side.sessions.admit(user, clock.nowNanos());
        if (refusal != null) {
            side.counts.callsUnanswered.increment();
            byte[] syn = call.packet();
            call.ignore();
            side.answers.tell(
                    ErrorWriter.Kind.unreachable(Side.PROHIBITED),
                    user,
                    Unpooled.wrappedBuffer(syn),
                    0,
                    syn.length);
            return () -> {};
        }
        TcpSession session = new TcpSession(side, clock, budget, call);
        side.sessions.add(session);
        session.begin();
        return session::hungUp;
    }

    /** What the stack counted, a line for each. */
    String counters() {
        return counters.text();
    }

    void close() {
        stack.close();
    }
}
