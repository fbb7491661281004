package vini.forwarder.offload;

import io.netty.buffer.ByteBuf;

import vini.forwarder.Packet;
import vini.forwarder.PacketPool;
import vini.net.Checksum;
import vini.net.wire.Ipv4Header;
import vini.net.wire.Ipv6Header;
import vini.net.wire.TcpHeader;

import java.util.function.Consumer;

/**
 * Makes the packets of what a tun device hands over: cuts what stands for several TCP segments or
 * UDP datagrams. They are the packets that the kernel would have sent if the device had asked for
 * them one by one, but for their checksums, which stay partial ({@link PartialChecksum}).
 */
final class Segmenter {
    private static final int LAST_ONLY = TcpHeader.FIN | TcpHeader.PSH;
    private static final int CWR = 0x80;

    private final Headers headers = new Headers();

    // Of the unit that is being cut: what the first packet has, and which one is next.
    private boolean tcp;
    private int id;
    private int sequence;
    private int flags;
    private long pseudoHeader;
    private int packets;

    /**
     * Emits the packets of one unit: a virtio header at {@code at}, and the packet behind it.
     *
     * @param length of both together
     * @return false if header and packet do not fit each other; nothing is emitted then
     */
    boolean segment(ByteBuf from, int at, int length, PacketPool pool, Consumer<Packet> to) {
        int ip = at + VirtioHeader.BYTES;
        int bytes = length - VirtioHeader.BYTES;
        if (VirtioHeader.type(from, at) == VirtioHeader.NONE) {
            return whole(from, at, from, ip, bytes, pool, to);
        }
        if (!find(from, at, from, ip, bytes)) {
            return false;
        }
        int most = VirtioHeader.segmentBytes(from, at);
        begin(from, ip);
        int payloadAt = headers.payload;
        do {
            int payload = Math.min(most, bytes - payloadAt);
            Packet packet = pool.allocate(headers.payload + payload);
            packet.buffer().setBytes(packet.start(), from, ip, headers.payload);
            packet.buffer()
                    .setBytes(packet.start() + headers.payload, from, ip + payloadAt, payload);
            payloadAt += payload;
            complete(packet, payloadAt == bytes);
            to.accept(packet);
        } while (payloadAt < bytes);
        return true;
    }

    /**
     * Looks whether a virtio header and the packet's headers say that it is a unit of segments;
     * then {@link #headerBytes} is their length.
     *
     * @param bytes length of the IP packet, of which the headers must be at {@code ip}
     */
    boolean find(ByteBuf virtio, int at, ByteBuf from, int ip, int bytes) {
        return headers.find(from, ip, bytes)
                && VirtioHeader.segmentBytes(virtio, at) > 0
                && VirtioHeader.type(virtio, at) == typeOf(headers);
    }

    /** IP and transport headers together. */
    int headerBytes() {
        return headers.payload;
    }

    static int typeOf(Headers headers) {
        return headers.protocol == Ipv4Header.UDP
                ? VirtioHeader.UDP
                : headers.version == 4 ? VirtioHeader.TCPV4 : VirtioHeader.TCPV6;
    }

    /** Emits a copy of a packet that is no unit. */
    boolean whole(
            ByteBuf virtio,
            int at,
            ByteBuf from,
            int ip,
            int bytes,
            PacketPool pool,
            Consumer<Packet> to) {
        int start = VirtioHeader.checksumStart(virtio, at);
        int field = start + VirtioHeader.checksumOffset(virtio, at);
        boolean partial = VirtioHeader.needsChecksum(virtio, at);
        if (bytes <= 0 || partial && (start >= bytes || field + 2 > bytes)) {
            return false;
        }
        Packet packet = pool.allocate(bytes);
        packet.buffer().setBytes(packet.start(), from, ip, bytes);
        if (partial) {
            boolean isKnown =
                    headers.find(packet.buffer(), packet.start(), bytes)
                            && headers.transport == start
                            && headers.transport + headers.checksumOffset() == field;
            if (isKnown) {
                packet.partial(true);
            } else {
                packet.set16(
                        field,
                        PartialChecksum.nonZero(
                                packet.buffer(), packet.start() + start, bytes - start));
            }
        }
        to.accept(packet);
        return true;
    }

    /** Takes from the headers of a unit, which were found, what its packets need. */
    void begin(ByteBuf from, int ip) {
        tcp = headers.protocol == Ipv4Header.TCP;
        id = from.getUnsignedShort(ip + Ipv4Header.ID_AT);
        sequence = tcp ? from.getInt(ip + headers.transport + TcpHeader.SEQUENCE_AT) : 0;
        flags = tcp ? from.getByte(ip + headers.transport + TcpHeader.FLAGS_AT) : 0;
        pseudoHeader =
                headers.isExtended() ? pseudoHeaderFound(from, ip) : headers.pseudoHeader(from, ip);
        packets = 0;
    }

    /**
     * What the unit's checksum field holds, without the length: only it knows the destination that
     * counts, which may be one of a routing header's.
     */
    private long pseudoHeaderFound(ByteBuf from, int ip) {
        int transport = ip + headers.transport;
        int covered =
                from.getUnsignedShort(ip + Headers.V6_PAYLOAD_LENGTH_AT)
                        + Ipv6Header.BYTES
                        - headers.transport;
        return from.getUnsignedShort(transport + headers.checksumOffset()) + (0xffffL - covered);
    }

    /** Makes the unit's headers, of which the packet has a copy, those of its next packet. */
    void complete(Packet packet, boolean isLast) {
        ByteBuf out = packet.buffer();
        int start = packet.start();
        int length = packet.length();
        if (headers.version == 4) {
            out.setShort(start + Ipv4Header.ID_AT, id + packets);
        }
        headers.length(out, start, length);
        int transport = start + headers.transport;
        if (tcp) {
            out.setInt(transport + TcpHeader.SEQUENCE_AT, sequence);
            sequence += length - headers.payload;
            int cleared = (isLast ? 0 : LAST_ONLY) | (packets > 0 ? CWR : 0);
            out.setByte(transport + TcpHeader.FLAGS_AT, flags & ~cleared);
        }
        packets++;
        int covered = length - headers.transport;
        out.setShort(
                transport + headers.checksumOffset(), ~Checksum.finish(pseudoHeader + covered));
        packet.partial(true);
    }
}
