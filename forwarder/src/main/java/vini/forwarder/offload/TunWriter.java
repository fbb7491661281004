package vini.forwarder.offload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Packet;
import vini.forwarder.io.PacketCalls;
import vini.net.Checksum;
import vini.net.wire.Ipv4Header;
import vini.net.wire.TcpHeader;

/**
 * Writes packets to a tun device with virtio headers, and puts those together that follow each
 * other in one flow, as the kernel's own GRO would: one system call, and one way through the stack,
 * for up to 64 KB. Packets keep their order; what is put together and cut again is byte for byte
 * what it was. Only packets whose checksum is right, or partial ({@link PartialChecksum}), are put
 * together, since the kernel looks at it no more.
 */
public final class TunWriter implements AutoCloseable {
    private static final int PACKETS_MAX = 64;
    private static final int BYTES_MAX = 65_000;
    private static final int VECTOR_BYTES = 16;
    private static final int V4_OPTIONLESS = 0x45;
    private static final int RESERVED_AT = TcpHeader.FLAGS_AT - 1;
    private static final int URGENT_AT = TcpHeader.CHECKSUM_AT + 2;

    /** Another zero, which a packet that is cut again would not have. */
    private static final short OTHER_ZERO = -1;

    /** TCP flags that may stand in a segment that is put together with others. */
    private static final int MAY_DIFFER = TcpHeader.PSH;

    private static final int MUST_NOT_BE =
            TcpHeader.SYN | TcpHeader.FIN | TcpHeader.RST | TcpHeader.URG | 0x80;

    private final int descriptor;
    private final boolean udp;
    private final Outcome outcome;

    /** A virtio header, then the vectors: one for it, one for each packet. */
    private final ByteBuf call;

    private final int vectorsAt;
    private final @Nullable Packet[] run = new @Nullable Packet[PACKETS_MAX];
    private final Headers first = new Headers();
    private final Headers next = new Headers();
    private int packets;
    private int bytes;
    private int segmentBytes;
    private int nextSequence;
    private boolean open;

    /**
     * @param descriptor of the device, which has {@code IFF_VNET_HDR}
     * @param udp whether it takes UDP datagrams that were put together (since Linux 6.2)
     */
    public TunWriter(int descriptor, boolean udp, Outcome outcome) {
        this.descriptor = descriptor;
        this.udp = udp;
        this.outcome = outcome;
        vectorsAt = VECTOR_BYTES;
        call =
                PooledByteBufAllocator.DEFAULT.directBuffer(
                        vectorsAt + VECTOR_BYTES * (1 + PACKETS_MAX));
        call.setZero(0, call.capacity());
    }

    /** Takes a packet, which is written now or with those that follow, at the latest by flush. */
    public void add(Packet packet) {
        if (open && continues(packet)) {
            append(packet);
            return;
        }
        flush();
        run[0] = packet;
        packets = 1;
        begin(packet);
    }

    private Packet packet(int index) {
        Packet packet = run[index];
        if (packet == null) {
            throw new IllegalStateException("no packet " + index);
        }
        return packet;
    }

    /** Looks whether others may follow that packet. */
    private void begin(Packet packet) {
        ByteBuf in = packet.buffer();
        int at = packet.start();
        bytes = packet.length();
        open =
                first.find(in, at, bytes)
                        && first.payload < bytes
                        && (first.version == 6
                                ? !first.isExtended()
                                : in.getByte(at) == V4_OPTIONLESS)
                        && mayBePut(in, at)
                        && hasGoodChecksums(first, packet);
        segmentBytes = bytes - first.payload;
        if (open && first.protocol == Ipv4Header.TCP) {
            int tcp = at + first.transport;
            nextSequence = in.getInt(tcp + TcpHeader.SEQUENCE_AT) + segmentBytes;
            open = (in.getByte(tcp + TcpHeader.FLAGS_AT) & TcpHeader.PSH) == 0;
        }
    }

    private boolean mayBePut(ByteBuf in, int at) {
        if (first.protocol == Ipv4Header.UDP) {
            return udp;
        }
        int flags = in.getByte(at + first.transport + TcpHeader.FLAGS_AT);
        return (flags & TcpHeader.ACK) != 0 && (flags & MUST_NOT_BE) == 0;
    }

    private static boolean hasGoodChecksums(Headers headers, Packet packet) {
        ByteBuf in = packet.buffer();
        int at = packet.start();
        int transport = at + headers.transport;
        int covered = packet.length() - headers.transport;
        if (headers.version == 4
                && (Checksum.of(in, at, headers.transport) != 0
                        || in.getShort(at + Ipv4Header.CHECKSUM_AT) == OTHER_ZERO)) {
            return false;
        }
        if (packet.isPartial()) {
            return true;
        }
        // No checksum at all (UDP's zero) is not for us to vouch for.
        boolean isUdp = headers.protocol == Ipv4Header.UDP;
        return in.getShort(transport + headers.checksumOffset()) != (isUdp ? 0 : OTHER_ZERO)
                && Checksum.finish(
                                Checksum.sum(in, transport, covered)
                                        + headers.pseudoHeader(in, at)
                                        + covered)
                        == 0;
    }

    /** Whether it is the next of the run: the same flow and headers, where the last one ended. */
    private boolean continues(Packet packet) {
        ByteBuf in = packet.buffer();
        int at = packet.start();
        int length = packet.length();
        Packet head = packet(0);
        if (packets == PACKETS_MAX
                || bytes + length > BYTES_MAX
                || !next.find(in, at, length)
                || next.version != first.version
                || next.protocol != first.protocol
                || next.payload != first.payload
                || length == next.payload
                || length - next.payload > segmentBytes
                || !sameIp(head, in, at)) {
            return false;
        }
        ByteBuf before = head.buffer();
        int then = head.start() + first.transport;
        int now = at + next.transport;
        if (before.getInt(then) != in.getInt(now)) { // the ports
            return false;
        }
        return (first.protocol == Ipv4Header.UDP || sameTcp(before, then, in, now))
                && hasGoodChecksums(next, packet);
    }

    private boolean sameIp(Packet head, ByteBuf in, int at) {
        ByteBuf before = head.buffer();
        int then = head.start();
        if (first.version == 6) {
            return before.getInt(then) == in.getInt(at)
                    && before.getShort(then + 6) == in.getShort(at + 6)
                    && before.getLong(then + 8) == in.getLong(at + 8)
                    && before.getLong(then + 16) == in.getLong(at + 16)
                    && before.getLong(then + 24) == in.getLong(at + 24)
                    && before.getLong(then + 32) == in.getLong(at + 32);
        }
        return before.getShort(then) == in.getShort(at)
                && before.getShort(then + Ipv4Header.FRAGMENT_AT)
                        == in.getShort(at + Ipv4Header.FRAGMENT_AT)
                && before.getShort(then + Ipv4Header.TTL_AT) == in.getShort(at + Ipv4Header.TTL_AT)
                && before.getLong(then + Ipv4Header.SOURCE_AT)
                        == in.getLong(at + Ipv4Header.SOURCE_AT)
                && (short) (before.getShort(then + Ipv4Header.ID_AT) + packets)
                        == in.getShort(at + Ipv4Header.ID_AT);
    }

    private boolean sameTcp(ByteBuf before, int then, ByteBuf in, int now) {
        int flags = in.getByte(now + TcpHeader.FLAGS_AT);
        int flagsThen = before.getByte(then + TcpHeader.FLAGS_AT);
        boolean same =
                in.getInt(now + TcpHeader.SEQUENCE_AT) == nextSequence
                        && in.getInt(now + TcpHeader.ACKNOWLEDGMENT_AT)
                                == before.getInt(then + TcpHeader.ACKNOWLEDGMENT_AT)
                        && in.getShort(now + TcpHeader.WINDOW_AT)
                                == before.getShort(then + TcpHeader.WINDOW_AT)
                        && ((flags ^ flagsThen) & ~MAY_DIFFER & 0xff) == 0
                        // Length and reserved bits, of which one is for ECN now (RFC 9768).
                        && in.getByte(now + RESERVED_AT) == before.getByte(then + RESERVED_AT)
                        && in.getShort(now + URGENT_AT) == before.getShort(then + URGENT_AT);
        for (int i = first.transport + TcpHeader.OPTIONS_AT; same && i < first.payload; i += 4) {
            int option = i - first.transport;
            same = in.getInt(now + option) == before.getInt(then + option);
        }
        return same;
    }

    private void append(Packet packet) {
        run[packets++] = packet;
        int payload = packet.length() - next.payload;
        bytes += payload;
        nextSequence += payload;
        boolean last = payload < segmentBytes;
        if (first.protocol == Ipv4Header.TCP) {
            int flags = packet.u8(next.transport + TcpHeader.FLAGS_AT);
            last |= (flags & TcpHeader.PSH) != 0;
        }
        open = !last;
    }

    /** Writes what waits. */
    public void flush() {
        if (packets == 0) {
            return;
        }
        if (packets == 1) {
            alone(packet(0));
        } else {
            putTogether();
        }
        vector(0, call.memoryAddress(), VirtioHeader.BYTES);
        for (int i = 0; i < packets; i++) {
            Packet packet = packet(i);
            int from = i == 0 ? 0 : first.payload;
            vector(1 + i, packet.address() + from, packet.length() - from);
        }
        long result = PacketCalls.writev(descriptor, call.memoryAddress() + vectorsAt, 1 + packets);
        int count = packets;
        packets = 0;
        open = false;
        for (int i = 0; i < count; i++) {
            Packet packet = packet(i);
            run[i] = null;
            outcome.of(packet, result);
        }
    }

    /** Says what the kernel must know of a packet that goes by itself. */
    private void alone(Packet packet) {
        boolean isPartial =
                packet.isPartial() && first.find(packet.buffer(), packet.start(), packet.length());
        if (isPartial) {
            VirtioHeader.partial(
                    call, 0, VirtioHeader.NONE, 0, 0, first.transport, first.checksumOffset());
        } else {
            VirtioHeader.plain(call, 0);
        }
    }

    /** Makes the first packet's headers those of all. */
    private void putTogether() {
        Packet last = packet(packets - 1);
        Packet head = packet(0).writable();
        run[0] = head;
        ByteBuf out = head.buffer();
        int at = head.start();
        first.length(out, at, bytes);
        int transport = at + first.transport;
        if (first.protocol == Ipv4Header.TCP) {
            int pushed = last.u8(first.transport + TcpHeader.FLAGS_AT) & TcpHeader.PSH;
            int flags = out.getByte(transport + TcpHeader.FLAGS_AT);
            out.setByte(transport + TcpHeader.FLAGS_AT, flags | pushed);
        }
        long sum = first.pseudoHeader(out, at) + bytes - first.transport;
        int partial = ~Checksum.finish(sum) & 0xffff;
        out.setShort(transport + first.checksumOffset(), partial);
        VirtioHeader.partial(
                call,
                0,
                Segmenter.typeOf(first),
                first.payload,
                segmentBytes,
                first.transport,
                first.checksumOffset());
    }

    private void vector(int index, long address, long length) {
        int at = vectorsAt + VECTOR_BYTES * index;
        call.setLongLE(at, address);
        call.setLongLE(at + 8, length);
    }

    /** Kills what waits. */
    @Override
    public void close() {
        for (int i = 0; i < packets; i++) {
            packet(i).kill();
        }
        packets = 0;
        call.release();
    }
}
