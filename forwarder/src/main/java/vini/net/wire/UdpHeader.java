package vini.net.wire;

import io.netty.buffer.ByteBuf;

import vini.net.Checksum;

/** Offsets of the UDP header, RFC 768; all indices are relative to its first byte. */
public final class UdpHeader {
    public static final int BYTES = 8;

    public static final int SOURCE_PORT_AT = 0;
    public static final int DESTINATION_PORT_AT = 2;
    public static final int LENGTH_AT = 4;
    public static final int CHECKSUM_AT = 6;

    private UdpHeader() {}

    /**
     * Checks a datagram of {@code available} bytes from an IPv4 packet and returns its length, the
     * header included; a checksum of zero means none (RFC 768).
     */
    public static int check(ByteBuf bytes, int start, int available, int source, int destination)
            throws WireException {
        if (available < BYTES) {
            throw new WireException("UDP needs " + BYTES + " bytes, got " + available);
        }
        int length = bytes.getUnsignedShort(start + LENGTH_AT);
        if (length < BYTES || length > available) {
            throw new WireException(
                    "UDP length " + length + " is outside " + BYTES + "-" + available);
        }
        if (bytes.getUnsignedShort(start + CHECKSUM_AT) != 0
                && Checksum.finish(
                                Checksum.sum(bytes, start, length)
                                        + Checksum.pseudoHeader(
                                                source, destination, Ipv4Header.UDP, length))
                        != 0) {
            throw new WireException("UDP checksum is wrong");
        }
        return length;
    }

    /** Writes the header with no checksum yet; {@code length} is header and payload. */
    public static void emit(ByteBuf out, int sourcePort, int destinationPort, int length) {
        out.writeShort(sourcePort).writeShort(destinationPort).writeShort(length).writeShort(0);
    }

    /** Computes the checksum of a whole datagram in IPv4; zero is sent as all ones (RFC 768). */
    public static void seal(ByteBuf bytes, int start, int length, int source, int destination) {
        bytes.setShort(start + CHECKSUM_AT, 0);
        int checksum =
                Checksum.finish(
                        Checksum.sum(bytes, start, length)
                                + Checksum.pseudoHeader(
                                        source, destination, Ipv4Header.UDP, length));
        bytes.setShort(start + CHECKSUM_AT, checksum == 0 ? 0xffff : checksum);
    }
}
