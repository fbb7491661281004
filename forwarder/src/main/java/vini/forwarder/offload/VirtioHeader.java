package vini.forwarder.offload;

import io.netty.buffer.ByteBuf;

/**
 * {@code struct virtio_net_hdr} of linux/virtio_net.h, in the machine's (little-endian) order: what
 * a tun device says about the packet behind it.
 */
final class VirtioHeader {
    static final int BYTES = 10;

    /** The checksum field holds the pseudo-header's sum; the rest is to be added. */
    static final int NEEDS_CHECKSUM = 1;

    /** No segmentation, or what the segments are. */
    static final int NONE = 0;

    static final int TCPV4 = 1;
    static final int TCPV6 = 4;
    static final int UDP = 5;

    /** Added to TCPV4 and TCPV6: the first segment alone carries CWR. */
    static final int ECN = 0x80;

    private static final int FLAGS_AT = 0;
    private static final int TYPE_AT = 1;
    private static final int HEADERS_AT = 2;
    private static final int SEGMENT_AT = 4;
    private static final int CHECKSUM_START_AT = 6;
    private static final int CHECKSUM_OFFSET_AT = 8;

    private VirtioHeader() {}

    static boolean needsChecksum(ByteBuf bytes, int at) {
        return (bytes.getByte(at + FLAGS_AT) & NEEDS_CHECKSUM) != 0;
    }

    /** {@link #NONE}, {@link #TCPV4}, ...; without {@link #ECN}. */
    static int type(ByteBuf bytes, int at) {
        return bytes.getByte(at + TYPE_AT) & 0xff & ~ECN;
    }

    /** Bytes of payload in each segment. */
    static int segmentBytes(ByteBuf bytes, int at) {
        return bytes.getUnsignedShortLE(at + SEGMENT_AT);
    }

    /** From where on the checksum covers the packet. */
    static int checksumStart(ByteBuf bytes, int at) {
        return bytes.getUnsignedShortLE(at + CHECKSUM_START_AT);
    }

    /** Where the checksum's field is, counted from {@link #checksumStart}. */
    static int checksumOffset(ByteBuf bytes, int at) {
        return bytes.getUnsignedShortLE(at + CHECKSUM_OFFSET_AT);
    }

    /** Writes the header of a packet that is complete. */
    static void plain(ByteBuf bytes, int at) {
        bytes.setZero(at, BYTES);
    }

    /** Writes the header of a packet whose checksum is partial, in segments or not. */
    static void partial(
            ByteBuf bytes,
            int at,
            int type,
            int headers,
            int segmentBytes,
            int checksumStart,
            int checksumOffset) {
        bytes.setByte(at + FLAGS_AT, NEEDS_CHECKSUM);
        bytes.setByte(at + TYPE_AT, type);
        bytes.setShortLE(at + HEADERS_AT, headers);
        bytes.setShortLE(at + SEGMENT_AT, segmentBytes);
        bytes.setShortLE(at + CHECKSUM_START_AT, checksumStart);
        bytes.setShortLE(at + CHECKSUM_OFFSET_AT, checksumOffset);
    }
}
