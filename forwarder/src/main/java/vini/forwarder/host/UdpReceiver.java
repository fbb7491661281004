package vini.forwarder.host;

import io.netty.buffer.ByteBuf;

import vini.net.Ipv4Address;

/** Gets the datagrams of one port. */
public interface UdpReceiver {
    /** The payload is lent: it is valid until this returns. */
    void received(Ipv4Address from, int port, ByteBuf payload);

    /** An ICMP error (type 3, 11, ...) that quotes a datagram which this port sent. */
    default void error(Ipv4Address from, int type, int code) {}
}
