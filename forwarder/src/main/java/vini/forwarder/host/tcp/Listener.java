package vini.forwarder.host.tcp;

import vini.forwarder.host.TcpAcceptor;
import vini.forwarder.host.TcpHandler;
import vini.forwarder.host.TcpListener;
import vini.forwarder.host.TcpSettings;

/** A port in LISTEN. */
final class Listener implements TcpListener {
    /** Connections that have not finished their handshake. */
    static final int BACKLOG_MAX = 128;

    private final TcpStack stack;
    private final int port;
    private final TcpSettings settings;
    private final TcpAcceptor acceptor;
    private int pending;

    Listener(TcpStack stack, int port, int windowBytes, TcpAcceptor acceptor) {
        this.stack = stack;
        this.port = port;
        this.acceptor = acceptor;
        this.settings =
                new TcpSettings(
                        windowBytes,
                        TcpSettings.DEFAULT.sendBufferBytes(),
                        TcpSettings.DEFAULT.noDelay());
    }

    TcpSettings settings() {
        return settings;
    }

    boolean isFull() {
        return pending >= BACKLOG_MAX;
    }

    void began() {
        pending++;
    }

    /** A handshake ended, well or not. */
    void finished() {
        pending--;
    }

    TcpHandler accept(Connection connection) {
        finished();
        return acceptor.accept(connection.remoteAddress(), connection.remotePort());
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void close() {
        stack.remove(this);
    }
}
