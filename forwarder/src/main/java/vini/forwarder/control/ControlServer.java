package vini.forwarder.control;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelGroupFuture;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.DomainSocketChannel;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vini.forwarder.io.EventLoop;
import vini.forwarder.io.Libc;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Serves a process's handlers on a Unix socket, to its own user (and root) only. Handlers run on
 * the loop's thread.
 */
public final class ControlServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final int CLIENTS_MAX = 256;

    private final @Nullable Path path;
    private final Channel server;
    private final ChannelGroup clients;

    private ControlServer(@Nullable Path path, Channel server, ChannelGroup clients) {
        this.path = path;
        this.server = server;
        this.clients = clients;
    }

    /** Listens at {@code path}; a socket that lies there from an earlier process is replaced. */
    public static ControlServer listen(EventLoop loop, Path path, HandlerSpace handlers)
            throws IOException {
        Files.deleteIfExists(path);
        return listen(
                loop,
                EpollServerDomainSocketChannel.class,
                new DomainSocketAddress(path.toString()),
                path,
                handlers);
    }

    /** Listens on a TCP port, to whoever can reach it: that is for the caller to bound. */
    public static ControlServer listen(
            EventLoop loop, InetSocketAddress address, HandlerSpace handlers) throws IOException {
        return listen(loop, EpollServerSocketChannel.class, address, null, handlers);
    }

    private static ControlServer listen(
            EventLoop loop,
            Class<? extends ServerChannel> type,
            SocketAddress address,
            @Nullable Path path,
            HandlerSpace handlers)
            throws IOException {
        ChannelGroup clients = new DefaultChannelGroup(loop.netty());
        ChannelFuture bound =
                new ServerBootstrap()
                        .group(loop.netty())
                        .channel(type)
                        .childHandler(new Initializer(clients, handlers))
                        .bind(address);
        if (loop.netty().inEventLoop()) {
            // The loop cannot wait for itself; who listens from there hears of it in the log.
            bound.addListener(
                    future -> {
                        if (!future.isSuccess()) {
                            LOG.error("{}: {}", address, future.cause().getMessage());
                        }
                    });
        } else if (!bound.awaitUninterruptibly().isSuccess()) {
            throw new IOException(address + ": " + bound.cause().getMessage(), bound.cause());
        }
        return new ControlServer(path, bound.channel(), clients);
    }

    /** The TCP port; where 0 was asked for, the one that was given. */
    public int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
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
        ChannelFuture ended = server.close();
        ChannelGroupFuture gone = clients.close();
        if (!server.eventLoop().inEventLoop()) {
            ended.syncUninterruptibly();
            gone.syncUninterruptibly();
        }
        if (path != null) {
            Files.deleteIfExists(path);
        }
    }

    private static final class Initializer extends ChannelInitializer<Channel> {
        private final ChannelGroup clients;
        private final HandlerSpace handlers;

        Initializer(ChannelGroup clients, HandlerSpace handlers) {
            this.clients = clients;
            this.handlers = handlers;
        }

        @Override
        protected void initChannel(Channel channel) {
            boolean stranger = channel instanceof DomainSocketChannel unix && !isOurUser(unix);
            if (clients.size() >= CLIENTS_MAX || stranger) {
                channel.close();
                return;
            }
            clients.add(channel);
            channel.pipeline().addLast(new ControlSession(handlers));
        }
    }
}
