package vini.forwarder.host;

import vini.net.Ipv4Address;
import vini.time.Clock;

import java.io.IOException;

/**
 * What a program at a host can do with the network. One thread, the clock's, makes all calls and
 * gets all callbacks; nothing blocks; no callback comes from inside the call that asked for it,
 * except {@link TcpHandler#closed} by {@link TcpConnection#abort}.
 */
public interface HostStack {
    /** The clock on whose thread everything here happens. */
    Clock clock();

    /** The address from which the host sends. */
    Ipv4Address address();

    /**
     * Opens a sender of ICMP echo requests with an identifier of its own.
     *
     * @throws IOException if the host has no more of them to give
     */
    IcmpEcho openEcho(EchoListener listener) throws IOException;

    /**
     * Opens a UDP port.
     *
     * @param port 1-65535, or 0 for any that is free
     * @throws IOException if it is in use
     */
    UdpEndpoint openUdp(int port, UdpReceiver receiver) throws IOException;

    /**
     * Waits for connections.
     *
     * @param port 1-65535, or 0 for any that is free
     * @param windowBytes the receive window that connections advertise, exactly (a multiple of
     *     {@code 2^n} above 65535), or 0 for the host's own choice
     * @param acceptor makes the handler of each connection
     * @throws IOException if the port is in use
     */
    TcpListener listen(int port, int windowBytes, TcpAcceptor acceptor) throws IOException;

    /**
     * Begins to connect; {@link TcpHandler#connected} or {@link TcpHandler#closed} follows.
     *
     * @throws IOException if the host has no free port or no room for another connection
     */
    TcpConnection connect(
            Ipv4Address destination, int port, TcpHandler handler, TcpSettings settings)
            throws IOException;
}
