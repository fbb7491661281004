package vini.forwarder.elements.egress;

import org.jspecify.annotations.Nullable;

import vini.forwarder.host.TcpConnection;
import vini.forwarder.host.TcpHandler;
import vini.forwarder.host.TcpSettings;
import vini.forwarder.io.Errno;
import vini.forwarder.io.EventLoop;
import vini.forwarder.io.Libc;
import vini.forwarder.io.LibcException;
import vini.forwarder.io.Namespace;
import vini.forwarder.io.Sockaddr;
import vini.forwarder.io.SocketMessage;
import vini.forwarder.io.TcpSockets;
import vini.net.Ipv4Address;
import vini.net.wire.Ipv4Header;

import java.io.IOException;
import java.util.random.RandomGenerator;

/** Sockets of this process, served by an event loop. */
final class LiveOutside implements Outside {
    private final EventLoop loop;
    private final @Nullable String namespace;
    private final RandomGenerator random;
    private final SocketMessage message = new SocketMessage();
    private @Nullable RawEchoes raw;

    /** Opens sockets in a namespace; null: this process's own. */
    LiveOutside(EventLoop loop, @Nullable String namespace, RandomGenerator random) {
        this.loop = loop;
        this.namespace = namespace;
        this.random = random;
    }

    @Override
    public TcpConnection connect(Ipv4Address to, int port, TcpHandler handler, TcpSettings settings)
            throws IOException {
        return TcpSockets.connect(loop, namespace, to, port, handler, settings);
    }

    private int socket(int type, int protocol) throws IOException {
        return Namespace.within(
                namespace,
                () -> Libc.socket(Sockaddr.AF_INET, type | Libc.SOCK_NONBLOCK, protocol));
    }

    private interface Serving<T> {
        T serve(int fd) throws LibcException;
    }

    private static <T> T serve(int fd, Serving<T> serving) throws IOException {
        try {
            return serving.serve(fd);
        } catch (LibcException e) {
            Libc.close(fd);
            throw e;
        }
    }

    @Override
    public Datagrams udp(Receiver receiver) throws IOException {
        return serve(
                socket(Libc.SOCK_DGRAM, 0),
                fd -> new DatagramSocket(loop, loop, message, fd, receiver));
    }

    @Override
    public Datagrams echo(Receiver receiver) throws IOException {
        if (raw != null) {
            return raw.open(receiver);
        }
        try {
            return serve(
                    socket(Libc.SOCK_DGRAM, Ipv4Header.ICMP),
                    fd -> new DatagramSocket(loop, loop, message, fd, receiver));
        } catch (LibcException e) {
            if (e.errno() != Errno.EACCES && e.errno() != Errno.EPERM) {
                throw e;
            }
            return byRoot(e).open(receiver);
        }
    }

    /** Where nobody may open a socket for echo, root still may open a raw one. */
    private RawEchoes byRoot(LibcException why) throws IOException {
        int fd;
        try {
            fd = socket(Libc.SOCK_RAW, Ipv4Header.ICMP);
        } catch (LibcException e) {
            why.addSuppressed(e);
            throw why;
        }
        RawEchoes made = serve(fd, any -> new RawEchoes(loop, loop, message, any, random));
        raw = made;
        return made;
    }

    @Override
    public void close() {
        if (raw != null) {
            raw.close();
        }
    }
}
