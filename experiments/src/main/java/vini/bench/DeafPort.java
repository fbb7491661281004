package vini.bench;

import vini.forwarder.io.Endpoint;
import vini.forwarder.io.Libc;
import vini.overlay.host.NetworkNamespace;

import java.io.IOException;

/**
 * A UDP port that nobody reads: its buffer fills, and from then on the kernel does all that it does
 * for a datagram that arrives, and drops it.
 */
final class DeafPort implements AutoCloseable {
    private final int socket;

    DeafPort(NetworkNamespace namespace, Endpoint at) throws IOException {
        socket =
                namespace.within(
                        () -> Libc.socket(at.family(), Libc.SOCK_DGRAM | Libc.SOCK_NONBLOCK, 0));
        try {
            Libc.bind(socket, at.sockaddr());
        } catch (IOException e) {
            Libc.close(socket);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        Libc.close(socket);
    }
}
