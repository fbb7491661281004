package vini.forwarder.elements.device;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Loop;
import vini.forwarder.Packet;
import vini.forwarder.io.Errno;
import vini.forwarder.io.Libc;
import vini.forwarder.io.SocketMessage;
import vini.net.Ipv4Address;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** UDP, or Unix datagrams. */
final class DatagramTransport implements Transport {
    private Socket element;
    private SocketSettings settings;
    private final Loop.Io io;
    private final SocketMessage message = new SocketMessage();
    private int fd = DescriptorElement.CLOSED;
    private @Nullable Path file;
    private Runnable watch = () -> {};

    /** To whom a packet goes; empty while nobody is known. */
    private byte[] peer = {};

    /** UDP to 0.0.0.0: each packet knows where it wants to go. */
    private final boolean byAnnotation;

    private final int port;

    DatagramTransport(Socket element, SocketSettings settings, Loop.Io io) {
        this.element = element;
        this.settings = settings;
        this.io = io;
        if (settings.address() instanceof SocketAddress.Internet internet) {
            byAnnotation = settings.isClient() && internet.address().equals(Ipv4Address.ANY);
            port = internet.port();
        } else {
            byAnnotation = false;
            port = 0;
        }
    }

    @Override
    public void open() throws IOException {
        fd = settings.socket(Libc.SOCK_DGRAM);
        Libc.setsockopt(fd, Libc.SOL_SOCKET, SocketMessage.SO_TIMESTAMPNS, 1);
        SocketAddress bound = settings.bound();
        if (bound != null) {
            Libc.bind(fd, bound.bytes());
            file = bound instanceof SocketAddress.Local local ? Path.of(local.path()) : null;
        }
        if (settings.isClient()) {
            peer = settings.address().bytes();
        }
        watch = io.watch(fd, this::receive);
    }

    @Override
    public void serve(Socket newElement, SocketSettings newSettings) throws IOException {
        element = newElement;
        settings = newSettings;
        settings.setBuffers(fd);
    }

    @Override
    public boolean isOpen() {
        return fd != DescriptorElement.CLOSED;
    }

    @Override
    public long write(Packet packet) {
        if (byAnnotation) {
            return message.send(fd, packet.address(), packet.length(), packet.destination(), port);
        }
        return peer.length == 0
                ? -Errno.EHOSTUNREACH
                : message.send(fd, packet.address(), packet.length(), peer);
    }

    private void receive() {
        for (int i = 0; i < DescriptorElement.ROUND && fd != DescriptorElement.CLOSED; i++) {
            Packet packet = element.room();
            long length = message.receive(fd, packet.address(), packet.length(), 0);
            if (length < 0) {
                packet.kill();
                if (length == -Errno.EAGAIN) {
                    break;
                }
                // The error of an earlier datagram of ours; it is told once.
                continue;
            }
            packet.truncate((int) length);
            if (!element.allows(message.senderAddress())) {
                element.deny(packet);
                continue;
            }
            if (!settings.isClient()) {
                peer = message.sender();
            }
            element.received(packet, message.timestampNanos());
        }
        element.receivedAll();
    }

    @Override
    public int port() {
        try {
            return fd == DescriptorElement.CLOSED || file != null ? 0 : Libc.port(fd);
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        watch.run();
        element.close(fd);
        fd = DescriptorElement.CLOSED;
        remove(file);
    }

    /** Removes the file of a Unix socket. */
    static void remove(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // It is not ours any more, then.
            return;
        }
    }
}
