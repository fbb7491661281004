package vini.forwarder.host;

/** A port that waits for connections. */
public interface TcpListener extends AutoCloseable {
    int port();

    /** Refuses from now on; connections that were accepted live on. */
    @Override
    void close();
}
