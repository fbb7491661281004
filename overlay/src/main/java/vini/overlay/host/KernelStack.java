package vini.overlay.host;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;

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
import vini.forwarder.io.EventLoop;
import vini.forwarder.io.Libc;
import vini.forwarder.io.LibcException;
import vini.forwarder.io.Namespace;
import vini.forwarder.io.ProcessCalls;
import vini.forwarder.io.ReceiveWindow;
import vini.forwarder.io.Sockaddr;
import vini.forwarder.io.TcpSocket;
import vini.forwarder.io.TcpSockets;
import vini.net.Ipv4Address;
import vini.time.Clock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A kernel host: sockets of a network namespace, so that apps meet the real Linux TCP. Sockets are
 * opened inside the namespace (a thread of its own for a moment) and then served by the event loop,
 * whose thread makes all calls.
 */
public final class KernelStack implements HostStack {
    private static final int BACKLOG = 128;
    private static final Path CONGESTION_CONTROLS =
            Path.of("/proc/sys/net/ipv4/tcp_available_congestion_control");

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

    /** The congestion controls that the kernel has, by its names; none if it does not say. */
    public static List<String> congestionControls() {
        try {
            return List.of(Files.readString(CONGESTION_CONTROLS).strip().split("\\s+", -1));
        } catch (IOException e) {
            return List.of();
        }
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
                            ReceiveWindow.make(socket, windowBytes);
                            Libc.bind(socket, Sockaddr.ip(Ipv4Address.ANY, port));
                            Libc.listen(socket, BACKLOG);
                        });
        int chosen = Libc.port(fd);
        EpollServerSocketChannel server = new EpollServerSocketChannel(fd);
        server.pipeline().addLast(new Acceptance(windowBytes, acceptor));
        register(loop, server);
        return new Listener(server, chosen);
    }

    @Override
    public TcpConnection connect(
            Ipv4Address destination, int port, TcpHandler handler, TcpSettings settings)
            throws IOException {
        return TcpSockets.connect(loop, namespace, destination, port, handler, settings);
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
            ReceiveWindow.clamp(channel.fd().intValue(), windowBytes);
            Ipv4Address from =
                    Ipv4Address.parse(channel.remoteAddress().getAddress().getHostAddress());
            int port = channel.remoteAddress().getPort();
            TcpSocket connection =
                    new TcpSocket(
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
            ReceiveWindow.clamp(fd, windowBytes);
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
