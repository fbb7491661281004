package vini.forwarder.control;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.DomainSocketChannel;

import vini.forwarder.io.EventLoop;
import vini.forwarder.io.Libc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Serves a process's handlers on a Unix socket, to its own user (and root) only. Handlers run on
 * the loop's thread.
 */
public final class ControlServer implements AutoCloseable {
    private static final int CLIENTS_MAX = 256;

    private final Path path;
    private final Channel server;
    private final ChannelGroup clients;

    private ControlServer(Path path, Channel server, ChannelGroup clients) {
        this.path = path;
        this.server = server;
        this.clients = clients;
    }

    /** Listens at {@code path}; a socket that lies there from an earlier process is replaced. */
    public static ControlServer listen(EventLoop loop, Path path, HandlerSpace handlers)
            throws IOException {
        Files.deleteIfExists(path);
        ChannelGroup clients = new DefaultChannelGroup(loop.netty());
        Channel server =
                new ServerBootstrap()
                        .group(loop.netty())
                        .channel(EpollServerDomainSocketChannel.class)
                        .childHandler(new Initializer(clients, handlers))
                        .bind(new DomainSocketAddress(path.toString()))
                        .syncUninterruptibly()
                        .channel();
        return new ControlServer(path, server, clients);
    }

    /** Whether the other end of a Unix socket is this process's user, or root. */
    public static boolean isOurUser(DomainSocketChannel channel) {
        try {
            int user = ((EpollDomainSocketChannel) channel).peerCredentials().uid();
            return user == 0 || user == Libc.geteuid();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        server.close().syncUninterruptibly();
        clients.close().syncUninterruptibly();
        Files.deleteIfExists(path);
    }

    private static final class Initializer extends ChannelInitializer<DomainSocketChannel> {
        private final ChannelGroup clients;
        private final HandlerSpace handlers;

        Initializer(ChannelGroup clients, HandlerSpace handlers) {
            this.clients = clients;
            this.handlers = handlers;
        }

        @Override
        protected void initChannel(DomainSocketChannel channel) {
            if (clients.size() >= CLIENTS_MAX || !isOurUser(channel)) {
                channel.close();
                return;
            }
            clients.add(channel);
            channel.pipeline().addLast(new ControlSession(handlers));
        }
    }
}
