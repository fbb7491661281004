package vini.forwarder.host;

import vini.net.Ipv4Address;

/** Decides who handles a new connection. */
public interface TcpAcceptor {
    /** A peer has connected; {@link TcpHandler#connected} follows on what is returned. */
    TcpHandler accept(Ipv4Address from, int port);
}
