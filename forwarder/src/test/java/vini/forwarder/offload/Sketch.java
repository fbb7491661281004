package vini.forwarder.offload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import vini.net.Checksum;

/** Writes packets by hand, whole and with right checksums. */
final class Sketch {
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int TCP_CHECKSUM_AT = 16;
    private static final int UDP_CHECKSUM_AT = 6;

    int version = 4;
    int source = 1;
    int ttl = 64;
    int tos;
    int fragment = 0x4000;
    int ports = 0x0fa0_0050;
    int acknowledgment = 77;
    int window = 500;

    /** The low half of the byte with the TCP header's length: reserved bits and AE. */
    int reserved;

    int urgent;

    /** Of TCP, a multiple of four bytes. */
    byte[] options = {};

    /** Of IPv4, a multiple of four bytes. */
    byte[] ipOptions = {};

    /** Bytes of one destination options header of IPv6 (RFC 8200 4.6), a multiple of eight. */
    int extension;

    byte[] tcp(int sequence, int flags, int id, byte[] payload) {
        ByteBuf packet = ip(TCP, id, tcpSegment(sequence, flags, payload));
        return complete(packet, TCP, TCP_CHECKSUM_AT);
    }

    byte[] udp(int id, byte[] payload) {
        return complete(ip(UDP, id, datagram(payload)), UDP, UDP_CHECKSUM_AT);
    }

    /** A virtio header and a packet that stands for several TCP segments, as a kernel has it. */
    byte[] tcpUnit(int sequence, int flags, int id, int segmentBytes, byte[] payload) {
        ByteBuf packet = ip(TCP, id, tcpSegment(sequence, flags, payload));
        int type = version == 4 ? VirtioHeader.TCPV4 : VirtioHeader.TCPV6;
        boolean cwr = (flags & 0x80) != 0;
        int headers = transportAt() + 20 + options.length;
        return partial(
                packet,
                TCP,
                type | (cwr ? VirtioHeader.ECN : 0),
                headers,
                segmentBytes,
                TCP_CHECKSUM_AT);
    }

    /** The same for UDP datagrams. */
    byte[] udpUnit(int id, int segmentBytes, byte[] payload) {
        ByteBuf packet = ip(UDP, id, datagram(payload));
        int headers = transportAt() + 8;
        return partial(packet, UDP, VirtioHeader.UDP, headers, segmentBytes, UDP_CHECKSUM_AT);
    }

    /** A virtio header and one datagram whose checksum is for the device to complete. */
    byte[] udpPartial(int id, byte[] payload) {
        ByteBuf packet = ip(UDP, id, datagram(payload));
        return partial(packet, UDP, VirtioHeader.NONE, 0, 0, UDP_CHECKSUM_AT);
    }

    /** A virtio header that says nothing, and a packet. */
    static byte[] plain(byte[] packet) {
        return ByteBufUtil.getBytes(
                Unpooled.buffer().writeZero(VirtioHeader.BYTES).writeBytes(packet));
    }

    private ByteBuf tcpSegment(int sequence, int flags, byte[] payload) {
        ByteBuf segment = Unpooled.buffer();
        segment.writeInt(ports).writeInt(sequence).writeInt(acknowledgment);
        segment.writeByte((20 + options.length) / 4 << 4 | reserved).writeByte(flags);
        segment.writeShort(window).writeShort(0).writeShort(urgent);
        return segment.writeBytes(options).writeBytes(payload);
    }

    private ByteBuf datagram(byte[] payload) {
        ByteBuf datagram = Unpooled.buffer();
        datagram.writeInt(ports).writeShort(8 + payload.length).writeShort(0);
        return datagram.writeBytes(payload);
    }

    private int transportAt() {
        return version == 4 ? 20 + ipOptions.length : 40 + extension;
    }

    private ByteBuf ip(int protocol, int id, ByteBuf transport) {
        int length = transport.readableBytes();
        ByteBuf packet = Unpooled.buffer();
        if (version == 4) {
            int header = 20 + ipOptions.length;
            packet.writeByte(0x40 | header / 4).writeByte(tos);
            packet.writeShort(header + length).writeShort(id).writeShort(fragment);
            packet.writeByte(ttl).writeByte(protocol).writeShort(0);
            packet.writeInt(0x0a000000 | source).writeInt(0x0a000063).writeBytes(ipOptions);
            packet.setShort(10, Checksum.of(packet, 0, header));
        } else {
            packet.writeInt(0x6000_0000 | tos << 20).writeShort(extension + length);
            packet.writeByte(extension > 0 ? 60 : protocol).writeByte(ttl);
            packet.writeLong(0xfd00L << 48).writeLong(source);
            packet.writeLong(0xfd00L << 48).writeLong(99);
            if (extension > 0) {
                packet.writeByte(protocol).writeByte(extension / 8 - 1);
                packet.writeByte(1).writeByte(extension - 4).writeZero(extension - 4); // PadN
            }
        }
        return packet.writeBytes(transport);
    }

    private long pseudoHeader(ByteBuf packet, int protocol) {
        int length = packet.writerIndex() - transportAt();
        long addresses = version == 4 ? Checksum.sum(packet, 12, 8) : Checksum.sum(packet, 8, 32);
        return addresses + protocol + length;
    }

    private byte[] complete(ByteBuf packet, int protocol, int checksumAt) {
        int at = transportAt();
        long sum =
                pseudoHeader(packet, protocol)
                        + Checksum.sum(packet, at, packet.writerIndex() - at);
        int checksum = Checksum.finish(sum);
        packet.setShort(at + checksumAt, checksum == 0 && protocol == UDP ? 0xffff : checksum);
        return ByteBufUtil.getBytes(packet);
    }

    private byte[] partial(
            ByteBuf packet, int protocol, int type, int headers, int segmentBytes, int checksumAt) {
        int at = transportAt();
        packet.setShort(at + checksumAt, ~Checksum.finish(pseudoHeader(packet, protocol)));
        ByteBuf unit = Unpooled.buffer().writeZero(VirtioHeader.BYTES);
        VirtioHeader.partial(unit, 0, type, headers, segmentBytes, at, checksumAt);
        return ByteBufUtil.getBytes(unit.writeBytes(packet));
    }
}
