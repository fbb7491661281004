package vini.forwarder.elements.egress;

import vini.forwarder.Packet;
import vini.forwarder.elements.icmp.ErrorWriter;
import vini.forwarder.elements.ip.IpBounds;
import vini.forwarder.io.Errno;
import vini.forwarder.io.LibcException;
import vini.net.wire.Ipv4Header;

import java.io.IOException;

/** What the sides of an egress have in common, one for each protocol. */
final class Side {
    /** Communication administratively prohibited, RFC 1812 5.2.7.1; RFC 5508 REQ-8. */
    static final int PROHIBITED = 13;

    private static final int ECN_BITS = 3;

    final EgressSettings settings;
    final EgressCounts counts;
    final Sessions sessions;
    final Answers answers;
    final Outside outside;

    Side(
            EgressSettings settings,
            EgressCounts counts,
            Sessions sessions,
            Answers answers,
            Outside outside) {
        this.settings = settings;
        this.counts = counts;
        this.sessions = sessions;
        this.answers = answers;
        this.outside = outside;
    }

    /** Drops a packet of a user, and tells it so. */
    void refuse(Packet packet, String reason, ErrorWriter.Kind kind) {
        int header = packet.networkHeader();
        answers.tell(
                kind,
                packet.i32(header + Ipv4Header.SOURCE_AT),
                packet.buffer(),
                packet.start() + header,
                IpBounds.end(packet) - header);
        answers.drop(reason, packet);
    }

    void refuse(Packet packet, Refusal refusal) {
        refuse(packet, refusal.reason(), ErrorWriter.Kind.unreachable(PROHIBITED));
    }

    /** Opens something; where the process has no descriptor left, another session goes for it. */
    interface Opening<T> {
        T open() throws IOException;
    }

    <T> T open(Opening<T> opening, long nowNanos) throws IOException {
        try {
            return opening.open();
        } catch (LibcException e) {
            if (isExhausted(e) && sessions.evictOldest(nowNanos)) {
                return opening.open();
            }
            throw e;
        }
    }

    static boolean isExhausted(IOException e) {
        return e instanceof LibcException libc
                && (libc.errno() == Errno.EMFILE
                        || libc.errno() == Errno.ENFILE
                        || libc.errno() == Errno.ENOBUFS);
    }

    static Refusal refusalOf(IOException e) {
        return isExhausted(e) ? Refusal.NO_DESCRIPTOR : Refusal.NO_RIGHT;
    }

    /**
     * How a user's packet travels on. Its ECN bits end here: what marks a packet outside is not
     * seen by a socket, and who sends ECT must be told (RFC 3168 9.2).
     */
    static Outside.Travel travel(Packet packet) {
        int header = packet.networkHeader();
        boolean mayNotBeCut =
                (packet.u16(header + Ipv4Header.FRAGMENT_AT) & Ipv4Header.DONT_FRAGMENT) != 0;
        return new Outside.Travel(
                mayNotBeCut,
                packet.u8(header + Ipv4Header.TTL_AT),
                packet.u8(header + Ipv4Header.TOS_AT) & ~ECN_BITS);
    }
}
