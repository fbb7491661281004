package vini.forwarder.elements.device;

import vini.forwarder.Packet;

import java.io.IOException;

/** How a Socket element talks: by datagrams, or by a stream. */
interface Transport {
    /** Makes the socket. What was opened is closed by {@link #close}, also when this fails. */
    void open() throws IOException;

    /** See {@link DescriptorElement#write}. */
    long write(Packet packet);

    /** The local port; 0 where there is none. */
    int port();

    void close();
}
