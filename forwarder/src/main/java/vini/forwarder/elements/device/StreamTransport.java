package vini.forwarder.elements.device;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Loop;
import vini.forwarder.Packet;
import vini.forwarder.io.Errno;
import vini.forwarder.io.Libc;
import vini.forwarder.io.LibcException;
import vini.forwarder.io.PacketCalls;
import vini.forwarder.io.Sockaddr;
import vini.net.Ipv4Address;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** TCP, or a Unix stream: one connection at a time, others wait until it has ended. */
final class StreamTransport implements Transport {
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_NODELAY = 1;
    private static final int BACKLOG = 16;

    /** As long as a graph's start may be held up. */
    private static final int CONNECT_TIMEOUT_MS = 3000;

    private static final int CLOSED = DescriptorElement.CLOSED;

    private Socket element;
    private SocketSettings settings;
    private final Loop.Io io;
    private int listener = CLOSED;
    private int connection = CLOSED;
    private String peer = "";
    private @Nullable Path file;
    private Runnable watchListener = () -> {};
    private Runnable watch = () -> {};

    StreamTransport(Socket element, SocketSettings settings, Loop.Io io) {
        this.element = element;
        this.settings = settings;
        this.io = io;
    }

    private boolean isInternet() {
        return settings.address() instanceof SocketAddress.Internet;
    }

    @Override
    public void open() throws IOException {
        int fd = settings.socket(Libc.SOCK_STREAM);
        if (settings.isClient()) {
            connection = fd;
        } else {
            listener = fd;
        }
        if (isInternet()) {
            Libc.setsockopt(fd, Libc.SOL_SOCKET, Libc.SO_REUSEADDR, 1);
        }
        SocketAddress bound = settings.bound();
        if (bound != null) {
            Libc.bind(fd, bound.bytes());
            file = bound instanceof SocketAddress.Local local ? Path.of(local.path()) : null;
        }
        if (settings.isClient()) {
            connect(fd);
        } else {
            Libc.listen(fd, BACKLOG);
            listen();
        }
    }

    private void connect(int fd) throws IOException {
        peer = settings.address().toString();
        try {
            Libc.connect(fd, settings.address().bytes());
        } catch (LibcException e) {
            if (e.errno() != Errno.EINPROGRESS) {
                throw e;
            }
            if (!Libc.awaitWritable(fd, CONNECT_TIMEOUT_MS)) {
                throw new LibcException("connect", Errno.ETIMEDOUT);
            }
            int error = Libc.getsockopt(fd, Libc.SOL_SOCKET, Libc.SO_ERROR);
            if (error != 0) {
                throw new LibcException("connect", error);
            }
        }
        connected(fd);
    }

    private void connected(int fd) throws IOException {
        connection = fd;
        if (isInternet()) {
            Libc.setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, settings.noDelay() ? 1 : 0);
        }
        watch = io.watch(fd, this::receive);
        element.tell("connected with " + peer);
    }

    @Override
    public void serve(Socket newElement, SocketSettings newSettings) throws IOException {
        element = newElement;
        settings = newSettings;
        for (int fd : new int[] {listener, connection}) {
            if (fd != CLOSED) {
                settings.setBuffers(fd);
            }
        }
        if (connection != CLOSED && isInternet()) {
            Libc.setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, settings.noDelay() ? 1 : 0);
        }
    }

    private void listen() {
        watchListener = io.watch(listener, this::accept);
    }

    private void accept() {
        byte[] from = new byte[16];
        try {
            int fd = Libc.accept(listener, from);
            Ipv4Address client = Ipv4Address.ANY;
            if (isInternet() && from[0] == Sockaddr.AF_INET) {
                client = new Ipv4Address(ByteBuffer.wrap(from).getInt(4));
            }
            peer = isInternet() ? client.toString() : "a process";
            if (!element.allows(client)) {
                element.tell("denied " + peer);
                element.close(fd);
                return;
            }
            // The next one waits in the kernel until this one has gone.
            watchListener.run();
            watchListener = () -> {};
            connection = fd;
            connected(fd);
        } catch (IOException e) {
            element.tell("no connection: " + e.getMessage());
        }
    }

    private void receive() {
        for (int i = 0; i < DescriptorElement.ROUND && connection != CLOSED; i++) {
            Packet packet = element.room();
            long length = PacketCalls.read(connection, packet.address(), packet.length());
            if (length <= 0) {
                packet.kill();
                if (length != -Errno.EAGAIN) {
                    disconnect(length == 0 ? "" : ": " + Errno.text((int) -length));
                }
                break;
            }
            packet.truncate((int) length);
            element.received(packet, 0);
        }
        element.receivedAll();
    }

    private void disconnect(String why) {
        watch.run();
        watch = () -> {};
        element.close(connection);
        connection = CLOSED;
        element.tell("disconnected from " + peer + why);
        element.disconnected();
        if (listener != CLOSED) {
            listen();
        }
    }

    @Override
    public boolean isOpen() {
        return listener != CLOSED || connection != CLOSED;
    }

    @Override
    public long write(Packet packet) {
        if (connection == CLOSED) {
            return -Errno.EPIPE;
        }
        long written = PacketCalls.write(connection, packet.address(), packet.length());
        if (written >= 0 && written < packet.length()) {
            packet.strip((int) written);
            return DescriptorElement.PARTLY;
        }
        return written;
    }

    @Override
    public int port() {
        int fd = listener != CLOSED ? listener : connection;
        try {
            return fd == CLOSED || !isInternet() ? 0 : Libc.port(fd);
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        watch.run();
        watchListener.run();
        watch = () -> {};
        watchListener = () -> {};
        element.close(connection);
        element.close(listener);
        connection = CLOSED;
        listener = CLOSED;
        DatagramTransport.remove(file);
    }
}
