package vini.forwarder.elements.egress;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;

import vini.forwarder.Loop;
import vini.forwarder.Packet;
import vini.forwarder.io.Errno;
import vini.forwarder.io.Libc;
import vini.forwarder.io.LibcException;
import vini.forwarder.io.SocketError;
import vini.forwarder.io.SocketMessage;
import vini.net.wire.IcmpHeader;
import vini.net.wire.Ipv4Header;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Echo of ICMP by one raw socket for all users, where the machine lets root do that and nobody open
 * a socket for echo. A raw socket sees all ICMP of its namespace; what is not ours is left alone.
 */
final class RawEchoes {
    private static final int SOL_RAW = 255;
    private static final int ICMP_FILTER = 1;
    private static final int WANTED =
            1 << IcmpHeader.ECHO_REPLY
                    | 1 << IcmpHeader.DESTINATION_UNREACHABLE
                    | 1 << IcmpHeader.TIME_EXCEEDED
                    | 1 << IcmpHeader.PARAMETER_PROBLEM;

    private static final int PACKET_BYTES_MAX = 65_535;
    private static final int IDENTIFIERS = 0x10000;
    private static final int ROUND = 64;

    private final Loop loop;
    private final RandomGenerator random;
    private final SocketMessage message;
    private final int fd;
    private final Runnable watch;
    private final TravelOptions options;
    private final ByteBuf scratch = PooledByteBufAllocator.DEFAULT.directBuffer(PACKET_BYTES_MAX);
    private final Map<Integer, Echo> open = new LinkedHashMap<>();

    /** Serves a raw socket of ICMP, which belongs to this from then on. */
    RawEchoes(Loop loop, Loop.Io io, SocketMessage message, int fd, RandomGenerator random)
            throws LibcException {
        this.loop = loop;
        this.random = random;
        this.message = message;
        this.fd = fd;
        Libc.setsockopt(fd, SOL_RAW, ICMP_FILTER, ~WANTED);
        options = new TravelOptions(fd);
        watch = io.watch(fd, this::readable);
    }

    Outside.Datagrams open(Outside.Receiver receiver) throws IOException {
        if (open.size() >= IDENTIFIERS / 2) {
            throw new LibcException("an identifier of echo", Errno.EMFILE);
        }
        int id = random.nextInt(1, IDENTIFIERS);
        while (open.containsKey(id)) {
            id = id % (IDENTIFIERS - 1) + 1;
        }
        Echo echo = new Echo(id, receiver);
        open.put(id, echo);
        return echo;
    }

    private void readable() {
        for (int i = 0; i < ROUND; i++) {
            long bytes = message.receive(fd, scratch.memoryAddress(), PACKET_BYTES_MAX, 0);
            if (bytes == -Errno.EAGAIN) {
                break;
            }
            if (bytes > 0) {
                take(scratch.setIndex(0, (int) bytes));
            }
        }
    }

    private void take(ByteBuf packet) {
        int at = packet.isReadable() ? Ipv4Header.headerLength(packet, 0) : 0;
        if (at < Ipv4Header.BYTES || packet.readableBytes() < at + IcmpHeader.BYTES) {
            return;
        }
        int type = packet.getUnsignedByte(at + IcmpHeader.TYPE_AT);
        int from = packet.getInt(Ipv4Header.SOURCE_AT);
        if (type == IcmpHeader.ECHO_REPLY) {
            Echo echo = open.get(packet.getUnsignedShort(at + IcmpHeader.ID_AT));
            if (echo != null) {
                echo.receiver.received(copy(packet, at), from, 0);
            }
        } else {
            error(packet, at, type, from);
        }
    }

    private Packet copy(ByteBuf packet, int at) {
        int bytes = packet.readableBytes() - at;
        Packet copy = loop.packets().allocate(bytes);
        copy.buffer().setBytes(copy.start(), packet, at, bytes);
        return copy;
    }

    private void error(ByteBuf packet, int at, int type, int offender) {
        int quoted = at + IcmpHeader.BYTES;
        if (packet.readableBytes() < quoted + Ipv4Header.BYTES) {
            return;
        }
        int icmp = quoted + Ipv4Header.headerLength(packet, quoted);
        if (packet.getUnsignedByte(quoted + Ipv4Header.PROTOCOL_AT) != Ipv4Header.ICMP
                || packet.readableBytes() < icmp + IcmpHeader.BYTES
                || packet.getUnsignedByte(icmp + IcmpHeader.TYPE_AT) != IcmpHeader.ECHO_REQUEST) {
            return;
        }
        Echo echo = open.get(packet.getUnsignedShort(icmp + IcmpHeader.ID_AT));
        if (echo == null) {
            return;
        }
        int code = packet.getUnsignedByte(at + IcmpHeader.CODE_AT);
        int mtu = packet.getUnsignedShort(at + IcmpHeader.NEXT_HOP_MTU_AT);
        Packet rest = copy(packet, icmp);
        echo.receiver.failed(
                new SocketError(0, true, type, code, mtu, offender),
                packet.getInt(quoted + Ipv4Header.DESTINATION_AT),
                0,
                rest);
        rest.kill();
    }

    void close() {
        watch.run();
        try {
            Libc.close(fd);
        } catch (LibcException e) {
            throw new IllegalStateException("closing a socket", e);
        }
        scratch.release();
    }

    /** One identifier. */
    private final class Echo implements Outside.Datagrams {
        private final int id;
        private final Outside.Receiver receiver;

        Echo(int id, Outside.Receiver receiver) {
            this.id = id;
            this.receiver = receiver;
        }

        @Override
        public long send(long address, int bytes, int to, int port, Outside.Travel how) {
            options.set(how);
            MemorySegment.copy(
                    MemorySegment.ofAddress(address).reinterpret(bytes),
                    0,
                    MemorySegment.ofAddress(scratch.memoryAddress()).reinterpret(bytes),
                    0,
                    bytes);
            scratch.setShort(IcmpHeader.ID_AT, id);
            IcmpHeader.seal(scratch, 0, bytes);
            return message.send(fd, scratch.memoryAddress(), bytes, to, 0);
        }

        @Override
        public boolean readErrors() {
            return false;
        }

        @Override
        public int port() {
            return id;
        }

        @Override
        public void close() {
            open.remove(id, this);
        }
    }
}
