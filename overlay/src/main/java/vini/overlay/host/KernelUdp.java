package vini.overlay.host;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;

import vini.forwarder.host.UdpEndpoint;
import vini.forwarder.host.UdpReceiver;
import vini.forwarder.io.EventLoop;
import vini.forwarder.io.Libc;
import vini.forwarder.io.LibcException;
import vini.forwarder.io.SocketMessage;
import vini.net.Ipv4Address;

/**
 * A UDP socket of a kernel host, without an object for a datagram; the kernel tells an unconnected
 * one of no ICMP errors.
 */
final class KernelUdp implements UdpEndpoint {
    private static final int ROOM_BYTES = 65536;

    /** Datagrams that are read before others have their turn. */
    private static final int ROUND = 256;

    /** Room for 20 ms at 1 Gb/s, with what the kernel counts besides. */
    private static final int RECEIVE_BYTES = 1 << 23;

    private final int fd;
    private final int port;
    private final UdpReceiver receiver;
    private final Runnable watch;
    private final SocketMessage message = new SocketMessage();
    private final ByteBuf incoming = PooledByteBufAllocator.DEFAULT.directBuffer(ROOM_BYTES);
    private final ByteBuf outgoing = PooledByteBufAllocator.DEFAULT.directBuffer(ROOM_BYTES);
    private boolean closed;

    KernelUdp(EventLoop loop, int fd, int port, UdpReceiver receiver) {
        this.fd = fd;
        this.port = port;
        this.receiver = receiver;
        this.watch = loop.watch(fd, this::readable);
    }

    /** Gives a socket much room for what arrives in a moment. */
    static void widen(int fd) throws LibcException {
        try {
            Libc.setsockopt(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUFFORCE, RECEIVE_BYTES);
        } catch (LibcException e) {
            // Not root in the first user namespace: then as much as anyone may have.
            Libc.setsockopt(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUF, RECEIVE_BYTES);
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void send(Ipv4Address destination, int destinationPort, ByteBuf payload) {
        if (closed) {
            return;
        }
        int length = payload.readableBytes();
        outgoing.setBytes(0, payload, payload.readerIndex(), length);
        // No route, no buffer: the datagram is lost like any other.
        long _ =
                message.send(
                        fd, outgoing.memoryAddress(), length, destination.bits(), destinationPort);
    }

    private void readable() {
        Ipv4Address latest = Ipv4Address.ANY;
        for (int i = 0; i < ROUND && !closed; i++) {
            long length = message.receive(fd, incoming.memoryAddress(), ROOM_BYTES, 0);
            if (length < 0) {
                return;
            }
            if (!message.isFrom(latest)) {
                latest = message.senderAddress();
            }
            incoming.setIndex(0, (int) length);
            receiver.received(latest, message.senderPort(), incoming);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        watch.run();
        incoming.release();
        outgoing.release();
        try {
            Libc.close(fd);
        } catch (LibcException e) {
            throw new IllegalStateException("closing a socket", e);
        }
    }
}
