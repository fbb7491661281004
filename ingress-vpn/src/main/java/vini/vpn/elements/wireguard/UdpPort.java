package vini.vpn.elements.wireguard;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Loop;
import vini.forwarder.io.Endpoint;
import vini.forwarder.io.Errno;
import vini.forwarder.io.Libc;
import vini.forwarder.io.LibcException;
import vini.forwarder.io.Namespace;
import vini.forwarder.offload.Outcome;
import vini.forwarder.offload.TrainReceiver;
import vini.forwarder.offload.TrainSender;

import java.io.IOException;

/**
 * One UDP port for any number of users: a socket that is not connected, in a namespace. If it is
 * open on all addresses of the machine, users are answered from the one that they speak to.
 */
final class UdpPort {
    /** A burst must fit; without rights it is capped by the kernel's limit. */
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;

    private static final int CLOSED = -1;

    private int descriptor = CLOSED;
    private @Nullable TrainSender sender;
    private Runnable watch = () -> {};

    /**
     * Opens the port.
     *
     * @param namespace see {@link Namespace#within}
     * @return false if somebody else has it
     */
    boolean open(Endpoint local, @Nullable String namespace) throws IOException {
        descriptor =
                Namespace.within(
                        namespace,
                        () -> Libc.socket(local.family(), Libc.SOCK_DGRAM | Libc.SOCK_NONBLOCK, 0));
        boolean good = false;
        try {
            Libc.bind(descriptor, local.sockaddr());
            enlarge(Libc.SO_RCVBUFFORCE, Libc.SO_RCVBUF);
            enlarge(Libc.SO_SNDBUFFORCE, Libc.SO_SNDBUF);
            if (local.isUnspecified()) {
                Endpoint.askForLocal(descriptor, local.family());
            }
            // Without it datagrams come one by one.
            boolean _ = TrainReceiver.accepts(descriptor);
            good = true;
            return true;
        } catch (LibcException e) {
            if (e.errno() == Errno.EADDRINUSE) {
                return false;
            }
            throw e;
        } finally {
            if (!good) {
                Libc.close(descriptor);
                descriptor = CLOSED;
            }
        }
    }

    /** Beyond the machine's limit where we have the right to. */
    private void enlarge(int force, int within) throws IOException {
        try {
            Libc.setsockopt(descriptor, Libc.SOL_SOCKET, force, SOCKET_BUFFER_BYTES);
        } catch (LibcException e) {
            Libc.setsockopt(descriptor, Libc.SOL_SOCKET, within, SOCKET_BUFFER_BYTES);
        }
    }

    /** Begins to hear and to send. */
    void serve(Loop.Io io, Runnable onReadable, Outcome outcome) {
        sender = new TrainSender(descriptor, outcome);
        watch = io.watch(descriptor, onReadable);
    }

    /** Takes over the socket of another, which has sent all and ends. */
    void takeOver(UdpPort other) {
        other.leave();
        descriptor = other.descriptor;
        other.descriptor = CLOSED;
    }

    private void leave() {
        watch.run();
        watch = () -> {};
        if (sender != null) {
            sender.flush();
            sender.close();
            sender = null;
        }
    }

    boolean isOpen() {
        return descriptor != CLOSED;
    }

    int descriptor() {
        return descriptor;
    }

    /** What sends; null while the port is closed. */
    @Nullable TrainSender sender() {
        return sender;
    }

    void close() {
        leave();
        if (isOpen()) {
            try {
                Libc.close(descriptor);
            } catch (IOException e) {
                throw new IllegalStateException("closing a port", e);
            }
            descriptor = CLOSED;
        }
    }
}
