package vini.forwarder.host;

import io.netty.buffer.ByteBuf;

import vini.net.Ipv4Address;

/** One end of a TCP connection. */
public interface TcpConnection {
    Ipv4Address remoteAddress();

    int remotePort();

    int localPort();

    /**
     * Copies as much of {@code data} as there is room for and moves its reader index; the buffer
     * stays the caller's. Returns how many bytes it took: 0 before {@link TcpHandler#connected} and
     * after {@link #shutdown}. If it took less than all, {@link TcpHandler#writable} follows.
     */
    int write(ByteBuf data);

    /** Bytes that the peer has acknowledged so far. */
    long acknowledgedBytes();

    /** Stops handing over data; the advertised window fills up and closes. */
    void pause();

    /** Hands over what has waited (not from inside this call) and opens the window again. */
    void resume();

    /** Sends what was written, then FIN; receiving goes on. */
    void shutdown();

    /**
     * Like {@link #shutdown}, and whatever still arrives is refused by a reset (RFC 9293 3.6.1).
     */
    void close();

    /** Sends a reset and forgets everything. */
    void abort();
}
