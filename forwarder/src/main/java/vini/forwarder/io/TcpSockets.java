package vini.forwarder.io;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.FileDescriptor;

import org.jspecify.annotations.Nullable;

import vini.forwarder.host.TcpConnection;
import vini.forwarder.host.TcpEnd;
import vini.forwarder.host.TcpHandler;
import vini.forwarder.host.TcpSettings;
import vini.net.Ipv4Address;

import java.io.IOException;

/** Connects ordinary TCP sockets without waiting for them; an event loop serves them. */
public final class TcpSockets {
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_NODELAY = 1;
    private static final int TCP_CONGESTION = 13;

    private TcpSockets() {}

    /**
     * Begins to connect, on the loop's thread. {@link TcpHandler#connected} or {@link
     * TcpHandler#closed} follows.
     *
     * @param namespace a path to the network namespace of the socket; null: this process's own
     * @throws LibcException there is no descriptor left, or no way there
     */
    public static TcpConnection connect(
            EventLoop loop,
            @Nullable String namespace,
            Ipv4Address destination,
            int port,
            TcpHandler handler,
            TcpSettings settings)
            throws IOException {
        int fd =
                Namespace.within(
                        namespace,
                        () ->
                                Libc.socket(
                                        Sockaddr.AF_INET,
                                        Libc.SOCK_STREAM | Libc.SOCK_NONBLOCK,
                                        0));
        TcpSocket connection;
        try {
            if (settings.noDelay()) {
                Libc.setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, 1);
            }
            if (settings.congestion() != null) {
                byte[] name = settings.congestion().kernelName().getBytes(US_ASCII);
                Libc.setsockopt(fd, IPPROTO_TCP, TCP_CONGESTION, name);
            }
            ReceiveWindow.make(fd, settings.windowBytes());
            ReceiveWindow.clamp(fd, settings.windowBytes());
            begin(fd, destination, port);
            connection = new TcpSocket(destination, port, Libc.port(fd), handler, settings);
        } catch (LibcException e) {
            Libc.close(fd);
            throw e;
        }
        Connecting connecting = new Connecting(loop, fd, connection);
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

    /** How an attempt ended that failed at once. */
    public static TcpEnd endOf(LibcException e) {
        return TcpSocket.endOfAttempt(e.errno());
    }

    /** A socket whose SYN is under way, until it can be written to or has failed. */
    private static final class Connecting implements EpollIoHandle {
        private final EventLoop loop;
        private final int fd;
        private final TcpSocket connection;
        private @Nullable IoRegistration registration;
        private boolean done;

        Connecting(EventLoop loop, int fd, TcpSocket connection) {
            this.loop = loop;
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
                EventLoopGroup group = loop.netty(); // the narrower type's register is deprecated
                group.register(channel);
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
}
