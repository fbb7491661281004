package vini.forwarder.control;

import io.netty.channel.ChannelHandler;
import io.netty.channel.unix.DomainSocketChannel;

import vini.forwarder.io.EventLoop;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Serves a process's handlers on a socket; a Unix socket to its own user (and root) only. Handlers
 * run on the loop's thread.
 */
public final class ControlServer implements AutoCloseable {
    private final SocketServer server;

    private ControlServer(SocketServer server) {
        this.server = server;
    }

    /** Listens at {@code path}; a socket that lies there from an earlier process is replaced. */
    public static ControlServer listen(EventLoop loop, Path path, HandlerSpace handlers)
            throws IOException {
        return new ControlServer(
                SocketServer.listen(loop, path, () -> session(handlers, line -> {})));
    }

    /** Listens on a TCP port, to whoever can reach it: that is for the caller to bound. */
    public static ControlServer listen(
            EventLoop loop, InetSocketAddress address, HandlerSpace handlers) throws IOException {
        return new ControlServer(
                SocketServer.listen(loop, address, () -> session(handlers, line -> {})));
    }

    /**
     * What serves one client.
     *
     * @param news hears of a client that comes or goes, in a line
     */
    public static ChannelHandler session(HandlerSpace handlers, Consumer<String> news) {
        return new ControlSession(handlers, news);
    }

    /** The TCP port; where 0 was asked for, the one that was given. */
    public int port() {
        return server.port();
    }

    /** Whether the other end of a Unix socket is this process's user, or root. */
    public static boolean isOurUser(DomainSocketChannel channel) {
        return SocketServer.isOurUser(channel);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
