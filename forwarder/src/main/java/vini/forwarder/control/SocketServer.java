package vini.forwarder.control;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOutboundBuffer;
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

import vini.forwarder.Counter;
import vini.forwarder.io.EventLoop;
import vini.forwarder.io.ProcessCalls;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * A socket at which a process of this graph listens, and its clients: a bounded number, each with a
 * handler of its own. A Unix socket is for this process's user and root only.
 */
public final class SocketServer implements AutoCloseable {
    private static final int CLIENTS_MAX = 256;

    private final @Nullable Path path;
    private final Channel server;
    private final Clients clients;

    private SocketServer(@Nullable Path path, Channel server, Clients clients) {
        this.path = path;
        this.server = server;
        this.clients = clients;
    }

    /** Listens at {@code path}; a socket that lies there from an earlier process is replaced. */
    public static SocketServer listen(
            EventLoop loop, Path path, Supplier<? extends ChannelHandler> handler)
            throws IOException {
        Files.deleteIfExists(path);
        return listen(
                loop,
                EpollServerDomainSocketChannel.class,
                new DomainSocketAddress(path.toString()),
                path,
                handler);
    }

    /** Listens on a TCP port, to whoever can reach it: that is for the caller to bound. */
    public static SocketServer listen(
            EventLoop loop, InetSocketAddress address, Supplier<? extends ChannelHandler> handler)
            throws IOException {
        return listen(loop, EpollServerSocketChannel.class, address, null, handler);
    }

    private static SocketServer listen(
            EventLoop loop,
            Class<? extends ServerChannel> type,
            SocketAddress address,
            @Nullable Path path,
            Supplier<? extends ChannelHandler> handler)
            throws IOException {
        Clients clients = new Clients(new DefaultChannelGroup(loop.netty()), handler);
        ServerBootstrap bootstrap =
                new ServerBootstrap()
                        .group(loop.netty())
                        .channel(type)
                        .localAddress(address)
                        .childHandler(clients);
        // On the loop's thread both are done at once; a bootstrap's bind would be put off.
        Channel server = done(address, bootstrap.register());
        try {
            Channel ignored = done(address, server.bind(address));
        } catch (IOException e) {
            ChannelFuture ignored = server.close();
            throw e;
        }
        return new SocketServer(path, server, clients);
    }

    private static Channel done(SocketAddress address, ChannelFuture future) throws IOException {
        if (!future.channel().eventLoop().inEventLoop()) {
            future.awaitUninterruptibly();
        }
        if (!future.isSuccess()) {
            Throwable cause = future.cause();
            throw new IOException(
                    address + ": " + (cause == null ? "not bound" : cause.getMessage()), cause);
        }
        return future.channel();
    }

    /** Whether somebody listens at the Unix socket of that name now. */
    public static boolean isInUse(Path path) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return Files.exists(path) && channel.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            return false;
        }
    }

    /** The TCP port; where 0 was asked for, the one that was given. */
    public int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    /** How many clients are connected. */
    public int clients() {
        return clients.group.size();
    }

    /** How many clients were turned away: strangers, and those who were too many. */
    public long refused() {
        return clients.refused.value();
    }

    /**
     * Sends the same to all clients. Who is too far behind is cut off: it would cost more and more
     * memory.
     *
     * @param behindMax how many bytes may wait for a client
     * @return how many were cut off
     */
    public int broadcast(byte[] bytes, int behindMax) {
        int cut = 0;
        for (Channel client : clients.group) {
            ChannelOutboundBuffer waiting = client.unsafe().outboundBuffer();
            if (waiting != null && waiting.totalPendingWriteBytes() + bytes.length > behindMax) {
                cut++;
                client.close();
            } else {
                client.writeAndFlush(Unpooled.wrappedBuffer(bytes));
            }
        }
        return cut;
    }

    /** Whether the other end of a Unix socket is this process's user, or root. */
    static boolean isOurUser(DomainSocketChannel channel) {
        try {
            int user = ((EpollDomainSocketChannel) channel).peerCredentials().uid();
            return user == 0 || user == ProcessCalls.geteuid();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        ChannelFuture ended = server.close();
        ChannelGroupFuture gone = clients.group.close();
        if (!server.eventLoop().inEventLoop()) {
            ended.syncUninterruptibly();
            gone.syncUninterruptibly();
        }
        if (path != null) {
            Files.deleteIfExists(path);
        }
    }

    private static final class Clients extends ChannelInitializer<Channel> {
        private final ChannelGroup group;
        private final Supplier<? extends ChannelHandler> handler;
        private final Counter refused = new Counter();

        Clients(ChannelGroup group, Supplier<? extends ChannelHandler> handler) {
            this.group = group;
            this.handler = handler;
        }

        @Override
        protected void initChannel(Channel channel) {
            boolean stranger = channel instanceof DomainSocketChannel unix && !isOurUser(unix);
            if (group.size() >= CLIENTS_MAX || stranger) {
                refused.add(1);
                channel.close();
                return;
            }
            group.add(channel);
            channel.pipeline().addLast(handler.get());
        }
    }
}
