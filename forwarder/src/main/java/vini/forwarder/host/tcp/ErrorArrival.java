package vini.forwarder.host.tcp;

import vini.forwarder.host.IcmpErrorMessage;
import vini.forwarder.host.TcpEnd;
import vini.net.wire.IcmpHeader;

/** What an ICMP error means for the connection whose segment it quotes, RFC 9293 3.9.2.2. */
final class ErrorArrival {
    /** A smaller segment on the way is not believed (RFC 5927 7.2). */
    private static final int MSS_MIN = 500;

    private ErrorArrival() {}

    /** Takes a "destination unreachable"; only a hard one says more than the timer will. */
    static void input(Connection connection, IcmpErrorMessage error) {
        Sender sender = connection.sender();
        long sequence = Sequence.unwrap(sender.una(), error.word1());
        if (sequence < sender.una() || sequence >= sender.max()) {
            return; // RFC 5927 4.1: about nothing that is under way, so it is a forger's
        }
        switch (error.code()) {
            case IcmpHeader.FRAGMENTATION_NEEDED -> smaller(connection, error.nextHopMtu());
            case IcmpHeader.PROTOCOL_UNREACHABLE, IcmpHeader.PORT_UNREACHABLE -> {
                if (connection.state() == TcpState.SYN_SENT) {
                    connection.end(TcpEnd.REFUSED);
                }
            }
            default -> {}
        }
    }

    /** RFC 1191: a link on the way carries only {@code mtu} bytes. */
    private static void smaller(Connection connection, int mtu) {
        Sender sender = connection.sender();
        int mss = mtu - TcpStack.HEADERS_BYTES - connection.timestamps().bytes();
        if (mss >= MSS_MIN && mss < sender.segmentBytes()) {
            sender.segmentBytes(mss);
            sender.sendAgain();
        }
    }
}
