package vini.forwarder.elements.egress;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Packet;
import vini.forwarder.elements.napt.Endpoint;

import java.io.IOException;
import java.util.function.Consumer;

/** The sessions of UDP, or of ICMP echo: each endpoint of a user has one. */
final class DatagramSessions {
    private final Side side;
    private final DatagramSession.Protocol protocol;
    private final SessionTable<DatagramSession> table;
    private final Consumer<IOException> failures;

    /**
     * None yet.
     *
     * @param failures hears why a socket could not be opened
     */
    DatagramSessions(
            Side side,
            DatagramSession.Protocol protocol,
            long hashSeed,
            Consumer<IOException> failures) {
        this.side = side;
        this.protocol = protocol;
        this.table = new SessionTable<>(hashSeed);
        this.failures = failures;
    }

    /** That of a user's packet, a new one if need be; null if it was refused, and is dropped. */
    @Nullable DatagramSession of(Packet packet, int source, int port, long nowNanos) {
        long inside = Endpoint.of(source, port, protocol.number());
        DatagramSession known = table.find(inside);
        if (known != null) {
            return known;
        }
        Refusal refusal = side.sessions.admit(source, nowNanos);
        if (refusal != null) {
            side.refuse(packet, refusal);
            return null;
        }
        try {
            DatagramSession session = new DatagramSession(protocol, side, inside, nowNanos);
            table.add(session);
            side.sessions.add(session);
            return session;
        } catch (IOException e) {
            failures.accept(e);
            side.refuse(packet, Side.refusalOf(e));
            return null;
        }
    }

    void remove(DatagramSession session) {
        table.remove(session);
    }
}
