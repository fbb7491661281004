package vini.overlay.host;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import vini.forwarder.host.EchoListener;
import vini.forwarder.host.IcmpEcho;
import vini.forwarder.host.IcmpErrorMessage;
import vini.forwarder.io.Errno;
import vini.forwarder.io.EventLoop;
import vini.forwarder.io.Libc;
import vini.forwarder.io.LibcException;
import vini.forwarder.io.Sockaddr;
import vini.net.Ipv4Address;
import vini.net.wire.IcmpHeader;
import vini.net.wire.Ipv4Header;
import vini.net.wire.WireException;

/** Echo requests over a raw socket; a raw socket reads every ICMP packet of its namespace. */
final class KernelEcho implements IcmpEcho {
    static final int IPPROTO_ICMP = 1;

    private static final int IPPROTO_IP = 0;
    private static final int IP_TTL = 2;
    private static final int ROUND = 64;

    private final EventLoop loop;
    private final int fd;
    private final int id;
    private final Ipv4Address address;
    private final EchoListener listener;
    private final Runnable watch;
    private final byte[] room = new byte[65536];
    private int currentTtl;
    private boolean closed;

    KernelEcho(EventLoop loop, int fd, int id, Ipv4Address address, EchoListener listener) {
        this.loop = loop;
        this.fd = fd;
        this.id = id;
        this.address = address;
        this.listener = listener;
        this.watch = loop.watch(fd, this::readable);
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public void send(Ipv4Address destination, int sequence, int payloadBytes, int ttl) {
        int length = IcmpHeader.BYTES + payloadBytes;
        ByteBuf request = Unpooled.buffer(length, length);
        IcmpHeader.emit(request, IcmpHeader.ECHO_REQUEST, 0, id, sequence);
        request.writeZero(payloadBytes);
        IcmpHeader.seal(request, 0, length);
        try {
            if (ttl != currentTtl) {
                Libc.setsockopt(fd, IPPROTO_IP, IP_TTL, ttl);
                currentTtl = ttl;
            }
            Libc.sendto(fd, request.array(), 0, Sockaddr.ip(destination, 0));
        } catch (LibcException e) {
            // No route, no buffer: the request is lost like any other, and has no reply.
        }
    }

    private void readable() {
        for (int i = 0; i < ROUND && !closed; i++) {
            int length;
            try {
                length = Libc.recv(fd, room, 0);
            } catch (LibcException e) {
                if (e.errno() == Errno.EAGAIN) {
                    return;
                }
                continue; // an error that the socket had queued; the next call reads on
            }
            long now = loop.nowNanos();
            ByteBuf packet = Unpooled.wrappedBuffer(room, 0, length);
            try {
                take(packet, now);
            } catch (WireException e) {
                // The kernel has passed on what is not for us.
            }
        }
    }

    private void take(ByteBuf packet, long now) throws WireException {
        if (packet.readableBytes() < Ipv4Header.BYTES) {
            throw new WireException("short");
        }
        int at = Ipv4Header.headerLength(packet, 0);
        int length = packet.readableBytes() - at;
        IcmpHeader.check(packet, at, length);
        Ipv4Address from = new Ipv4Address(packet.getInt(Ipv4Header.SOURCE_AT));
        int type = packet.getUnsignedByte(at + IcmpHeader.TYPE_AT);
        if (type == IcmpHeader.ECHO_REPLY) {
            if (packet.getUnsignedShort(at + IcmpHeader.ID_AT) == id) {
                listener.reply(
                        from,
                        packet.getUnsignedShort(at + IcmpHeader.SEQUENCE_AT),
                        packet.getUnsignedByte(Ipv4Header.TTL_AT),
                        length - IcmpHeader.BYTES,
                        now);
            }
        } else if (IcmpHeader.isError(type)) {
            error(IcmpErrorMessage.parse(packet, from, at, length), now);
        }
    }

    private void error(IcmpErrorMessage error, long now) {
        boolean ours =
                error.protocol() == Ipv4Header.ICMP
                        && error.source() == address.bits()
                        && error.word0() >>> 24 == IcmpHeader.ECHO_REQUEST
                        && error.word1() >>> 16 == id;
        if (ours) {
            listener.error(error.from(), error.type(), error.code(), error.word1() & 0xffff, now);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        watch.run();
        try {
            Libc.close(fd);
        } catch (LibcException e) {
            throw new IllegalStateException("closing a socket", e);
        }
    }
}
