package vini.overlay.host;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;

import vini.forwarder.host.UdpEndpoint;
import vini.forwarder.host.UdpReceiver;
import vini.forwarder.io.Errno;
import vini.forwarder.io.EventLoop;
import vini.forwarder.io.Libc;
import vini.forwarder.io.LibcException;
import vini.forwarder.io.SocketMessage;
import vini.net.Ipv4Address;

/**
 * A UDP socket of a kernel host, without an object for a datagram; the kernel tells an unconnected
 * one of no ICMP errors. Many datagrams at once go through the kernel as one unit where it can do
 * that ({@code UDP_SEGMENT} and {@code UDP_GRO}, udp(7)): one way through its stack, and one call.
 */
final class KernelUdp implements UdpEndpoint {
    private static final int ROOM_BYTES = 65536;

    /** Datagrams that are read before others have their turn. */
    private static final int ROUND = 256;

    /** Room for 20 ms at 1 Gb/s, with what the kernel counts besides. */
    private static final int RECEIVE_BYTES = 1 << 23;

    private static final int SEND_BYTES = 1 << 22;

    /** What the kernel takes as one unit: UDP_MAX_SEGMENTS, and a datagram's bytes. */
    private static final int TRAIN = 64;

    private static final int TRAIN_BYTES = 65_000;

    private final int fd;
    private final int port;
    private final UdpReceiver receiver;
    private final Runnable watch;
    private final SocketMessage message = new SocketMessage();
    private final ByteBuf incoming = PooledByteBufAllocator.DEFAULT.directBuffer(ROOM_BYTES);
    private final ByteBuf outgoing = PooledByteBufAllocator.DEFAULT.directBuffer(ROOM_BYTES);
    private boolean takesTrains = true;
    private boolean closed;

    KernelUdp(EventLoop loop, int fd, int port, UdpReceiver receiver) {
        this.fd = fd;
        this.port = port;
        this.receiver = receiver;
        this.watch = loop.watch(fd, this::readable);
    }

    /** Gives a socket much room for what arrives and leaves in a moment, and lets trains in. */
    static void widen(int fd) throws LibcException {
        widen(fd, Libc.SO_RCVBUFFORCE, Libc.SO_RCVBUF, RECEIVE_BYTES);
        widen(fd, Libc.SO_SNDBUFFORCE, Libc.SO_SNDBUF, SEND_BYTES);
        SocketMessage.acceptTrains(fd);
    }

    private static void widen(int fd, int force, int ask, int bytes) throws LibcException {
        try {
            Libc.setsockopt(fd, Libc.SOL_SOCKET, force, bytes);
        } catch (LibcException e) {
            // Not root in the first user namespace: then as much as anyone may have.
            Libc.setsockopt(fd, Libc.SOL_SOCKET, ask, bytes);
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

    @Override
    public void sendAll(
            Ipv4Address destination, int destinationPort, ByteBuf payloads, int length) {
        int most = Math.min(TRAIN, TRAIN_BYTES / length) * length;
        int end = payloads.writerIndex();
        for (int at = payloads.readerIndex(); at < end && !closed; ) {
            int bytes = Math.min(takesTrains ? most : length, end - at);
            outgoing.setBytes(0, payloads, at, bytes);
            long memory = outgoing.memoryAddress();
            long result =
                    bytes > length
                            ? message.sendTrain(
                                    fd, memory, bytes, length, destination.bits(), destinationPort)
                            : message.send(fd, memory, bytes, destination.bits(), destinationPort);
            boolean refused =
                    result == -Errno.EINVAL || result == -Errno.EMSGSIZE || result == -Errno.EIO;
            if (bytes > length && refused) {
                takesTrains = false; // an old kernel, or longer than the way's MTU: one by one
            } else {
                at += bytes;
            }
        }
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
            received(latest, (int) length, message.segmentBytes());
        }
    }

    /** Hands over one datagram, or those that came together. */
    private void received(Ipv4Address from, int length, int segment) {
        int each = segment == 0 ? Math.max(1, length) : segment;
        int senderPort = message.senderPort();
        int at = 0;
        do {
            incoming.setIndex(at, Math.min(length, at + each));
            receiver.received(from, senderPort, incoming);
            at += each;
        } while (at < length && !closed);
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
