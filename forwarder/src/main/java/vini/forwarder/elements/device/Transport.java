package vini.forwarder.elements.device;

import vini.forwarder.Packet;

import java.io.IOException;

/** How a Socket element talks: by datagrams, or by a stream. */
interface Transport {
    /** Makes the socket. What was opened is closed by {@link #close}, also when this fails. */
    void open() throws IOException;

    /** Serves another element from now on, which wants the same with perhaps other settings. */
    void serve(Socket element, SocketSettings settings) throws IOException;

    /** Whether it has a socket, and is not a client whose connection has ended. */
    boolean isOpen();

    /** See {@link DescriptorElement#write}. */
    long write(Packet packet);

    /** The local port; 0 where there is none. */
    int port();

    void close();
}
