package vini.overlay.host;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.FileDescriptor;

import org.jspecify.annotations.Nullable;

import vini.forwarder.host.EchoListener;
import vini.forwarder.host.HostStack;
import vini.forwarder.host.IcmpEcho;
import vini.forwarder.host.TcpAcceptor;
import vini.forwarder.host.TcpConnection;
import vini.forwarder.host.TcpHandler;
import vini.forwarder.host.TcpListener;
import vini.forwarder.host.TcpSettings;
import vini.forwarder.host.UdpEndpoint;
import vini.forwarder.host.UdpReceiver;
import vini.forwarder.io.Errno;
import vini.forwarder.io.EventLoop;
import vini.forwarder.io.Libc;
import vini.forwarder.io.LibcException;
import vini.forwarder.io.Namespace;
import vini.forwarder.io.ProcessCalls;
import vini.forwarder.io.Sockaddr;
import vini.net.Ipv4Address;
import vini.time.Clock;

import java.io.IOException;

/**
 * A kernel host: sockets of a network namespace, so that apps meet the real Linux TCP. Sockets are
 * opened inside the namespace (a thread of its own for a moment) and then served by the event loop,
 * whose thread makes all calls.
 *
 * <p>A window is exact by SO_RCVBUF of four times its size on the listener, so that buffer overhead
 * never shows, and TCP_WINDOW_CLAMP on the accepted socket.
 */
public final class KernelStack implements HostStack {
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_NODELAY = 1;
    private static final int TCP_WINDOW_CLAMP = 10;
    private static final int BACKLOG = 128;

    private final EventLoop loop;
    private final String namespace;
    private final Ipv4Address address;
    private int echoes;

    /**
     * A host in a namespace.
     *
     * @param namespace a path as of {@link NetworkNamespace#path}
     * @param address which the host has, and sends from
     */
    public KernelStack(EventLoop loop, String namespace, Ipv4Address address) {
        this.loop = loop;
        this.namespace = namespace;
        this.address = address;
    }

    /** Lets the loop serve a channel. */
    static void register(EventLoop loop, Channel channel) {
        EventLoopGroup group = loop.netty(); // the narrower type's register is deprecated
        group.register(channel);
    }

    @Override
    public Clock clock() {
        return loop;
    }

    @Override
    public Ipv4Address address() {
        return address;
    }

    private int open(int type, int protocol) throws IOException {
        return Namespace.within(
                namespace,
                () -> Libc.socket(Sockaddr.AF_INET, type | Libc.SOCK_NONBLOCK, protocol));
    }

    /** Opens a socket, prepares it, and closes it again if that fails. */
    private int open(int type, int protocol, Preparation preparation) throws IOException {
        int fd = open(type, protocol);
        try {
            preparation.prepare(fd);
            return fd;
        } catch (LibcException e) {
            Libc.close(fd);
            throw e;
        }
    }

    private interface Preparation {
        void prepare(int fd) throws LibcException;
    }

    @Override
    public IcmpEcho openEcho(EchoListener listener) throws IOException {
        int fd = open(Libc.SOCK_RAW, KernelEcho.IPPROTO_ICMP);
        // Each raw socket sees all replies to the namespace: ids must differ between stacks, too.
        int id = (ProcessCalls.getpid() * 31 + ++echoes * 257 + fd) & 0xffff;
        return new KernelEcho(loop, fd, id, address, listener);
    }

    @Override
    public UdpEndpoint openUdp(int port, UdpReceiver receiver) throws IOException {
        int fd =
                open(
                        Libc.SOCK_DGRAM,
                        0,
                        socket -> Libc.bind(socket, Sockaddr.ip(Ipv4Address.ANY, port)));
        return new KernelUdp(loop, fd, Libc.port(fd), receiver);
    }

    @Override
    public TcpListener listen(int port, int windowBytes, TcpAcceptor acceptor) throws IOException {
        int fd =
                open(
                        Libc.SOCK_STREAM,
                        0,
                        socket -> {
                            Libc.setsockopt(socket, Libc.SOL_SOCKET, Libc.SO_REUSEADDR, 1);
                            receiveBuffer(socket, windowBytes);
                            Libc.bind(socket, Sockaddr.ip(Ipv4Address.ANY, port));
                            Libc.listen(socket, BACKLOG);
                        });
        int chosen = Libc.port(fd);
        EpollServerSocketChannel server = new EpollServerSocketChannel(fd);
        server.pipeline().addLast(new Acceptance(windowBytes, acceptor));
        register(loop, server);
        return new Listener(server, chosen);
    }

    private static void receiveBuffer(int fd, int windowBytes) throws LibcException {
        if (windowBytes == 0) {
            return;
        }
        int bytes = (int) Math.min(4L * windowBytes, Integer.MAX_VALUE);
        try {
            Libc.setsockopt(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUFFORCE, bytes);
        } catch (LibcException e) {
            if (e.errno() != Errno.EPERM) {
                throw e;
            }
            Libc.setsockopt(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUF, bytes);
        }
    }

    private static void clamp(int fd, int windowBytes) throws LibcException {
        if (windowBytes > 0) {
            Libc.setsockopt(fd, IPPROTO_TCP, TCP_WINDOW_CLAMP, windowBytes);
        }
    }

    @Override
    public TcpConnection connect(
            Ipv4Address destination, int port, TcpHandler handler, TcpSettings settings)
            throws IOException {
        int fd =
                open(
                        Libc.SOCK_STREAM,
                        0,
                        socket -> {
                            if (settings.noDelay()) {
                                Libc.setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, 1);
                            }
                            receiveBuffer(socket, settings.windowBytes());
                            clamp(socket, settings.windowBytes());
                            begin(socket, destination, port);
                        });
        KernelConnection connection =
                new KernelConnection(destination, port, Libc.port(fd), handler, settings);
        Connecting connecting = new Connecting(fd, connection);
        IoRegistration registration =
                loop.netty().register(connecting).syncUninterruptibly().getNow();
        connecting.registration = registration;
        connection.whileConnecting(connecting::giveUp);
        registration.submit(EpollIoOps.EPOLLOUT);
        return connection;
    }

    private static void begin(int fd, Ipv4Address destination, int port) throws LibcException {
        try {
            Libc.connect(fd, Sockaddr.ip(destination, port));
        } catch (LibcException e) {
            if (e.errno() != Errno.EINPROGRESS) {
                throw e;
            }
        }
    }

    /** A socket whose SYN is under way, until it can be written to or has failed. */
    private final class Connecting implements EpollIoHandle {
        private final int fd;
        private final KernelConnection connection;
        private @Nullable IoRegistration registration;
        private boolean done;

        Connecting(int fd, KernelConnection connection) {
            this.fd = fd;
            this.connection = connection;
        }

        @Override
        public FileDescriptor fd() {
            return new FileDescriptor(fd);
        }

        @Override
        public void handle(IoRegistration which, IoEvent event) {
            if (done) {
                return;
            }
            leave();
            int error = socketError();
            if (error == 0) {
                EpollSocketChannel channel = new EpollSocketChannel(fd);
                connection.attach(channel);
                register(loop, channel);
            } else {
                closeSocket();
                connection.failed(error);
            }
        }

        private int socketError() {
            try {
                return Libc.getsockopt(fd, Libc.SOL_SOCKET, Libc.SO_ERROR);
            } catch (LibcException e) {
                return e.errno();
            }
        }

        void giveUp() {
            if (!done) {
                leave();
                closeSocket();
            }
        }

        private void leave() {
            done = true;
            if (registration != null) {
                registration.cancel();
            }
        }

        private void closeSocket() {
            try {
                Libc.close(fd);
            } catch (LibcException e) {
                throw new IllegalStateException("closing a socket", e);
            }
        }

        @Override
        public void close() {}
    }

    /** What a listening socket's channel hands over: accepted channels. */
    private final class Acceptance extends ChannelInboundHandlerAdapter {
        private final int windowBytes;
        private final TcpAcceptor acceptor;

        Acceptance(int windowBytes, TcpAcceptor acceptor) {
            this.windowBytes = windowBytes;
            this.acceptor = acceptor;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
            EpollSocketChannel channel = (EpollSocketChannel) message;
            try {
                accept(channel);
            } catch (IOException | RuntimeException e) {
                // Nobody else would close it; the peer may have reset it meanwhile.
                channel.unsafe().closeForcibly();
                throw e;
            }
        }

        private void accept(EpollSocketChannel channel) throws IOException {
            clamp(channel.fd().intValue(), windowBytes);
            Ipv4Address from =
                    Ipv4Address.parse(channel.remoteAddress().getAddress().getHostAddress());
            int port = channel.remoteAddress().getPort();
            KernelConnection connection =
                    new KernelConnection(
                            from,
                            port,
                            channel.localAddress().getPort(),
                            acceptor.accept(from, port),
                            TcpSettings.DEFAULT);
            if (windowBytes > 0) {
                int fd = channel.fd().intValue();
                channel.pipeline().addFirst(new Reclamp(fd, windowBytes));
            }
            connection.attach(channel);
            register(loop, channel);
        }
    }

    /**
     * Clamps again whenever data comes: Linux, since 6.7, sets the clamp anew from SO_RCVBUF when
     * the first segments have taught it how much of the buffer is overhead.
     */
    private static final class Reclamp extends ChannelInboundHandlerAdapter {
        private final int fd;
        private final int windowBytes;

        Reclamp(int fd, int windowBytes) {
            this.fd = fd;
            this.windowBytes = windowBytes;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
            clamp(fd, windowBytes);
            super.channelRead(context, message);
        }
    }

    private record Listener(Channel channel, int port) implements TcpListener {
        @Override
        public void close() {
            channel.close();
        }
    }
}
