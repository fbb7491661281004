package vini.forwarder.host.tcp;

import vini.forwarder.host.TcpConnection;
import vini.forwarder.host.TcpHandler;
import vini.forwarder.host.TcpSettings;
import vini.net.Ipv4Address;

/**
 * A SYN that is held: its sender has heard nothing yet, and hears what the gate decides, once.
 * Repetitions of the SYN are kept from the gate until then.
 */
public interface TcpCall {
    Ipv4Address from();

    int fromPort();

    Ipv4Address to();

    int toPort();

    /** The packet of the SYN, for an ICMP error that quotes it. */
    byte[] packet();

    /** Answers; {@link TcpHandler#connected} follows when the caller has heard it. */
    TcpConnection accept(TcpHandler handler, TcpSettings settings);

    /** Answers with a reset: nobody listens there. */
    void refuse();

    /** Answers nothing and forgets it; the next SYN is a new call. */
    void ignore();

    /** When something came from the caller last, on the stack's clock; also after accepting. */
    long heardNanos();
}
