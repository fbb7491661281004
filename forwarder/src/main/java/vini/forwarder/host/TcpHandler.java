package vini.forwarder.host;

import io.netty.buffer.ByteBuf;

/** Hears what happens on one TCP connection. */
public interface TcpHandler {
    /** The handshake is done, as caller or as called. */
    default void connected(TcpConnection connection) {}

    /** Data in order; lent until this returns, and all of it counts as read. */
    default void received(TcpConnection connection, ByteBuf data) {}

    /** The send buffer has room again after {@link TcpConnection#write} took less than it got. */
    default void writable(TcpConnection connection) {}

    /** The peer sends no more; we still may. */
    default void peerClosed(TcpConnection connection) {}

    /** The connection is over; the last callback, and it comes exactly once. */
    default void closed(TcpConnection connection, TcpEnd end) {}
}
