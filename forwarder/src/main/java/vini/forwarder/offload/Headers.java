package vini.forwarder.offload;

import io.netty.buffer.ByteBuf;

import vini.net.Checksum;
import vini.net.wire.Ipv4Header;
import vini.net.wire.Ipv6Header;
import vini.net.wire.TcpHeader;
import vini.net.wire.UdpHeader;

/**
 * Where the headers of an IP packet are that carries TCP or UDP; found anew for packet after packet
 * without making objects.
 */
final class Headers {
    /** IPv4 and TCP with all their options; only behind extension headers there may be more. */
    static final int BYTES_MAX = 120;

    private static final int V4_SOURCE_AT = Ipv4Header.SOURCE_AT;
    private static final int V6_SOURCE_AT = 8;
    static final int V6_PAYLOAD_LENGTH_AT = 4;
    private static final int V6_NEXT_HEADER_AT = 6;

    // RFC 8200 4.1; each says what follows and, in units of 8 bytes, how long it is.
    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int EXTENSION_UNIT_BYTES = 8;

    /** 4 or 6. */
    int version;

    /** {@link Ipv4Header#TCP} or {@link Ipv4Header#UDP}. */
    int protocol;

    /** Offset of the TCP or UDP header, and of what follows it, from the packet's first byte. */
    int transport;

    int payload;

    /**
     * Looks at the packet of {@code length} bytes at {@code at}.
     *
     * @return whether it is whole TCP or UDP, no fragment, and as long as it says; there may be
     *     options in front, or extension headers ({@link #isExtended})
     */
    boolean find(ByteBuf bytes, int at, int length) {
        if (length < Ipv4Header.BYTES + UdpHeader.BYTES) {
            return false;
        }
        version = (bytes.getByte(at) & 0xf0) >>> 4;
        if (version == 4) {
            transport = Ipv4Header.headerLength(bytes, at);
            protocol = bytes.getByte(at + Ipv4Header.PROTOCOL_AT);
            int fragment = bytes.getUnsignedShort(at + Ipv4Header.FRAGMENT_AT);
            if (transport < Ipv4Header.BYTES
                    || bytes.getUnsignedShort(at + Ipv4Header.TOTAL_LENGTH_AT) != length
                    || (fragment & (Ipv4Header.MORE_FRAGMENTS | Ipv4Header.FRAGMENT_OFFSET_MASK))
                            != 0) {
                return false;
            }
        } else if (version == 6 && length >= Ipv6Header.BYTES) {
            transport = Ipv6Header.BYTES;
            protocol = bytes.getByte(at + V6_NEXT_HEADER_AT);
            int said = bytes.getUnsignedShort(at + V6_PAYLOAD_LENGTH_AT);
            if (said != length - Ipv6Header.BYTES) {
                return false;
            }
            skipExtensions(bytes, at, length);
        } else {
            return false;
        }
        return findPayload(bytes, at, length);
    }

    private void skipExtensions(ByteBuf bytes, int at, int length) {
        while ((protocol == HOP_BY_HOP || protocol == ROUTING || protocol == DESTINATION_OPTIONS)
                && transport + EXTENSION_UNIT_BYTES <= length) {
            protocol = bytes.getByte(at + transport);
            transport += EXTENSION_UNIT_BYTES * (1 + bytes.getUnsignedByte(at + transport + 1));
        }
    }

    /** Whether extension headers of IPv6 stand in front of TCP or UDP. */
    boolean isExtended() {
        return version == 6 && transport > Ipv6Header.BYTES;
    }

    private boolean findPayload(ByteBuf bytes, int at, int length) {
        if (protocol == Ipv4Header.TCP && transport + TcpHeader.BYTES <= length) {
            int header = TcpHeader.headerLength(bytes, at + transport);
            payload = transport + header;
            return header >= TcpHeader.BYTES && payload <= length;
        }
        payload = transport + UdpHeader.BYTES;
        return protocol == Ipv4Header.UDP
                && payload <= length
                && bytes.getUnsignedShort(at + transport + UdpHeader.LENGTH_AT)
                        == length - transport;
    }

    /** Offset of the checksum in the TCP or UDP header. */
    int checksumOffset() {
        return protocol == Ipv4Header.TCP ? TcpHeader.CHECKSUM_AT : UdpHeader.CHECKSUM_AT;
    }

    /**
     * The unfolded sum of the pseudo-header without the length: addresses and protocol (RFC 9293
     * 3.1, RFC 8200 8.1).
     */
    long pseudoHeader(ByteBuf bytes, int at) {
        return protocol
                + (version == 4
                        ? Checksum.sum(bytes, at + V4_SOURCE_AT, 8)
                        : Checksum.sum(bytes, at + V6_SOURCE_AT, 32));
    }

    /** Writes the length of the whole packet into its IP header, and that header's checksum. */
    void length(ByteBuf bytes, int at, int length) {
        if (version == 4) {
            bytes.setShort(at + Ipv4Header.TOTAL_LENGTH_AT, length);
            bytes.setShort(at + Ipv4Header.CHECKSUM_AT, 0);
            bytes.setShort(at + Ipv4Header.CHECKSUM_AT, Checksum.of(bytes, at, transport));
        } else {
            bytes.setShort(at + V6_PAYLOAD_LENGTH_AT, length - Ipv6Header.BYTES);
        }
        if (protocol == Ipv4Header.UDP) {
            bytes.setShort(at + transport + UdpHeader.LENGTH_AT, length - transport);
        }
    }
}
