package vini.forwarder.offload;

import io.netty.buffer.ByteBuf;

import vini.forwarder.Packet;
import vini.forwarder.PacketPool;
import vini.net.Checksum;
import vini.net.wire.Ipv4Header;
import vini.net.wire.TcpHeader;

import java.util.function.Consumer;

/**
 * Makes the packets of what a tun device hands over: completes checksums, and cuts what stands for
 * several TCP segments or UDP datagrams. They are the packets that the kernel would have sent if
 * the device had asked for them one by one.
 */
public final class Segmenter {
    /** The length of what stands before each packet that the device hands over. */
    public static final int HEADER_BYTES = VirtioHeader.BYTES;

    private static final int LAST_ONLY = TcpHeader.FIN | TcpHeader.PSH;
    private static final int CWR = 0x80;

    private final Headers headers = new Headers();

    /**
     * Emits the packets of one unit: a virtio header at {@code at}, and the packet behind it.
     *
     * @param length of both together
     * @return false if header and packet do not fit each other; nothing is emitted then
     */
    public boolean segment(ByteBuf from, int at, int length, PacketPool pool, Consumer<Packet> to) {
        int ip = at + VirtioHeader.BYTES;
        int bytes = length - VirtioHeader.BYTES;
        if (bytes <= 0) {
            return false;
        }
        int type = VirtioHeader.type(from, at);
        if (type == VirtioHeader.NONE) {
            return whole(from, at, ip, bytes, pool, to);
        }
        boolean fits =
                headers.find(from, ip, bytes)
                        && VirtioHeader.segmentBytes(from, at) > 0
                        && type == typeOf(headers);
        if (fits) {
            cut(from, ip, bytes, VirtioHeader.segmentBytes(from, at), pool, to);
        }
        return fits;
    }

    static int typeOf(Headers headers) {
        return headers.protocol == Ipv4Header.UDP
                ? VirtioHeader.UDP
                : headers.version == 4 ? VirtioHeader.TCPV4 : VirtioHeader.TCPV6;
    }

    private static boolean whole(
            ByteBuf from, int at, int ip, int bytes, PacketPool pool, Consumer<Packet> to) {
        int start = VirtioHeader.checksumStart(from, at);
        int field = start + VirtioHeader.checksumOffset(from, at);
        boolean partial = VirtioHeader.needsChecksum(from, at);
        if (partial && (start >= bytes || field + 2 > bytes)) {
            return false;
        }
        Packet packet = pool.allocate(bytes);
        packet.buffer().setBytes(packet.start(), from, ip, bytes);
        if (partial) {
            // The field holds the pseudo-header's part of the sum.
            packet.set16(field, nonZero(packet.buffer(), packet.start() + start, bytes - start));
        }
        to.accept(packet);
        return true;
    }

    /** A checksum; all ones stand for zero, which means "none" in UDP (RFC 768). */
    private static int nonZero(ByteBuf bytes, int at, int length) {
        int checksum = Checksum.of(bytes, at, length);
        return checksum == 0 ? 0xffff : checksum;
    }

    private void cut(
            ByteBuf from, int ip, int bytes, int most, PacketPool pool, Consumer<Packet> to) {
        boolean tcp = headers.protocol == Ipv4Header.TCP;
        int id = from.getUnsignedShort(ip + Ipv4Header.ID_AT);
        int sequence = tcp ? from.getInt(ip + headers.transport + TcpHeader.SEQUENCE_AT) : 0;
        int flags = tcp ? from.getByte(ip + headers.transport + TcpHeader.FLAGS_AT) : 0;
        long pseudoHeader = headers.pseudoHeader(from, ip);
        int at = headers.payload;
        for (int n = 0; at < bytes || n == 0; n++) {
            int payload = Math.min(most, bytes - at);
            int length = headers.payload + payload;
            Packet packet = pool.allocate(length);
            ByteBuf out = packet.buffer();
            int start = packet.start();
            out.setBytes(start, from, ip, headers.payload);
            out.setBytes(start + headers.payload, from, ip + at, payload);
            at += payload;
            if (headers.version == 4) {
                out.setShort(start + Ipv4Header.ID_AT, id + n);
            }
            headers.length(out, start, length);
            int transport = start + headers.transport;
            if (tcp) {
                out.setInt(transport + TcpHeader.SEQUENCE_AT, sequence);
                sequence += payload;
                int cleared = (at < bytes ? LAST_ONLY : 0) | (n > 0 ? CWR : 0);
                out.setByte(transport + TcpHeader.FLAGS_AT, flags & ~cleared);
            }
            int field = transport + headers.checksumOffset();
            out.setShort(field, 0);
            int covered = length - headers.transport;
            int checksum =
                    Checksum.finish(Checksum.sum(out, transport, covered) + pseudoHeader + covered);
            out.setShort(field, checksum == 0 && !tcp ? 0xffff : checksum);
            to.accept(packet);
        }
    }
}
