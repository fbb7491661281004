package vini.forwarder.host;

import io.netty.buffer.ByteBuf;

import vini.net.Ipv4Address;

/** An open UDP port. */
public interface UdpEndpoint extends AutoCloseable {
    int port();

    /** Sends the readable bytes (0-1472 at an MTU of 1500); the buffer stays the caller's. */
    void send(Ipv4Address destination, int port, ByteBuf payload);

    /** No callback comes after this. */
    @Override
    void close();
}
