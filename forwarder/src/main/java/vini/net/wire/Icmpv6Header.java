package vini.net.wire;

import io.netty.buffer.ByteBuf;

import vini.net.Checksum;

/**
 * Offsets and numbers of ICMPv6, RFC 4443, and of Neighbor Discovery, RFC 4861; all indices are
 * relative to the type field.
 */
public final class Icmpv6Header {
    public static final int BYTES = 8;

    public static final int TYPE_AT = 0;
    public static final int CODE_AT = 1;
    public static final int CHECKSUM_AT = 2;

    /** The four bytes whose meaning depends on the type: MTU, pointer, flags. */
    public static final int BODY_AT = 4;

    public static final int DESTINATION_UNREACHABLE = 1;
    public static final int PACKET_TOO_BIG = 2;
    public static final int TIME_EXCEEDED = 3;
    public static final int PARAMETER_PROBLEM = 4;
    public static final int ECHO_REQUEST = 128;
    public static final int ECHO_REPLY = 129;
    public static final int NEIGHBOR_SOLICITATION = 135;
    public static final int NEIGHBOR_ADVERTISEMENT = 136;
    public static final int REDIRECT = 137;

    /** A parameter problem: an option that nobody knows. */
    public static final int UNKNOWN_OPTION = 2;

    private Icmpv6Header() {}

    /** Whether the type is an error's, RFC 4443 2.1. */
    public static boolean isError(int type) {
        return type < 128;
    }

    /**
     * The checksum over a message and its pseudo-header (RFC 8200 8.1): 0 where the field is right;
     * where the field is zero, its value.
     *
     * @param ip the index of the IPv6 header
     * @param message the index of the type field
     * @param length the message's bytes
     */
    public static int checksum(ByteBuf bytes, int ip, int message, int length) {
        long sum = Checksum.sum(bytes, ip + Ipv6Header.SOURCE_AT, 2 * Ipv6Header.ADDRESS_BYTES);
        sum += length + Ipv6Header.ICMP;
        return Checksum.finish(sum + Checksum.sum(bytes, message, length));
    }

    /** Computes the checksum of a whole message that has been written. */
    public static void seal(ByteBuf bytes, int ip, int message, int length) {
        bytes.setShort(message + CHECKSUM_AT, 0);
        bytes.setShort(message + CHECKSUM_AT, checksum(bytes, ip, message, length));
    }
}
