package vini.forwarder.elements.device;

import org.jspecify.annotations.Nullable;

import vini.forwarder.io.Libc;
import vini.forwarder.io.Namespace;
import vini.forwarder.io.Sockaddr;
import vini.net.Ipv4Address;

import java.io.IOException;

/**
 * What a Socket element was told.
 *
 * @param address where a server is bound, or what a client talks to
 * @param local where a client is bound
 * @param snapLength bytes that are received at most at once
 * @param sendBytes the kernel's buffer; 0: as the kernel likes
 * @param receiveBytes the same for receiving
 * @param namespace where the socket is made; empty: here
 */
record SocketSettings(
        SocketAddress address,
        @Nullable SocketAddress local,
        boolean isClient,
        int snapLength,
        boolean noDelay,
        int sendBytes,
        int receiveBytes,
        String namespace) {
    static final SocketSettings NONE =
            new SocketSettings(
                    new SocketAddress.Internet(Ipv4Address.ANY, 0), null, true, 0, true, 0, 0, "");

    /** Where the socket is to be bound; null for nowhere. */
    @Nullable SocketAddress bound() {
        return isClient ? local : address;
    }

    /** Where the socket is, and what it talks to. */
    record Place(
            SocketAddress address,
            @Nullable SocketAddress local,
            boolean isClient,
            String namespace) {}

    Place place() {
        return new Place(address, local, isClient, namespace);
    }

    /** Sets the sizes of the kernel's buffers, where they are given. */
    void setBuffers(int fd) throws IOException {
        if (sendBytes > 0) {
            Libc.setsockopt(fd, Libc.SOL_SOCKET, Libc.SO_SNDBUF, sendBytes);
        }
        if (receiveBytes > 0) {
            Libc.setsockopt(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUF, receiveBytes);
        }
    }

    /** Makes the socket, not bound yet. */
    int socket(int type) throws IOException {
        int family =
                address instanceof SocketAddress.Internet ? Sockaddr.AF_INET : Sockaddr.AF_UNIX;
        int fd =
                Namespace.within(
                        namespace.isEmpty() ? null : namespace,
                        () -> Libc.socket(family, type | Libc.SOCK_NONBLOCK, 0));
        try {
            setBuffers(fd);
            return fd;
        } catch (IOException e) {
            Libc.close(fd);
            throw e;
        }
    }
}
