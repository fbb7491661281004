package vini.forwarder.host;

import io.netty.buffer.ByteBuf;

import vini.net.Ipv4Address;

/** An open UDP port. */
public interface UdpEndpoint extends AutoCloseable {
    int port();

    /** Sends the readable bytes (0-1472 at an MTU of 1500); the buffer stays the caller's. */
    void send(Ipv4Address destination, int port, ByteBuf payload);

    /**
     * Sends the readable bytes as datagrams that follow each other there; the buffer stays the
     * caller's, its indexes, too.
     *
     * @param length of each (1-1472 at an MTU of 1500) but the last, which may be shorter
     */
    default void sendAll(Ipv4Address destination, int port, ByteBuf payloads, int length) {
        int first = payloads.readerIndex();
        int end = payloads.writerIndex();
        for (int at = first; at < end; at += length) {
            payloads.setIndex(at, Math.min(end, at + length));
            send(destination, port, payloads);
            payloads.setIndex(first, end);
        }
    }

    /** No callback comes after this. */
    @Override
    void close();
}
