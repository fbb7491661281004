package vini.net.wire;

import io.netty.buffer.ByteBuf;

import vini.net.Checksum;

/** Offsets and flags of the TCP header, RFC 9293 3.1; indices are relative to its first byte. */
public final class TcpHeader {
    /** Without options. */
    public static final int BYTES = 20;

    /** With as many options as the data offset can express. */
    public static final int BYTES_MAX = 60;

    public static final int SOURCE_PORT_AT = 0;
    public static final int DESTINATION_PORT_AT = 2;
    public static final int SEQUENCE_AT = 4;
    public static final int ACKNOWLEDGMENT_AT = 8;
    public static final int DATA_OFFSET_AT = 12;
    public static final int FLAGS_AT = 13;
    public static final int WINDOW_AT = 14;
    public static final int CHECKSUM_AT = 16;
    public static final int URGENT_AT = 18;
    public static final int OPTIONS_AT = 20;

    public static final int FIN = 0x01;
    public static final int SYN = 0x02;
    public static final int RST = 0x04;
    public static final int PSH = 0x08;
    public static final int ACK = 0x10;
    public static final int URG = 0x20;

    private TcpHeader() {}

    /** The header's length in bytes, from the data offset; 0-60. */
    public static int headerLength(ByteBuf bytes, int start) {
        return (bytes.getByte(start + DATA_OFFSET_AT) & 0xf0) >>> 2;
    }

    /**
     * Checks a segment of {@code length} bytes from an IPv4 packet and returns its header length.
     */
    public static int check(ByteBuf bytes, int start, int length, int source, int destination)
            throws WireException {
        if (length < BYTES) {
            throw new WireException("TCP needs " + BYTES + " bytes, got " + length);
        }
        int header = headerLength(bytes, start);
        if (header < BYTES || header > length) {
            throw new WireException(
                    "TCP data offset " + header + " is outside " + BYTES + "-" + length);
        }
        if (checksum(bytes, start, length, source, destination) != 0) {
            throw new WireException("TCP checksum is wrong");
        }
        return header;
    }

    /**
     * Writes the 20 bytes before the options with no checksum yet.
     *
     * @param headerLength options and their padding included; a multiple of 4, 20-60
     */
    public static void emit(
            ByteBuf out,
            int sourcePort,
            int destinationPort,
            int sequence,
            int acknowledgment,
            int headerLength,
            int flags,
            int window) {
        out.writeShort(sourcePort).writeShort(destinationPort);
        out.writeInt(sequence).writeInt(acknowledgment);
        out.writeByte(headerLength << 2).writeByte(flags).writeShort(window);
        out.writeShort(0).writeShort(0);
    }

    /** Computes the checksum of a whole segment in IPv4. */
    public static void seal(ByteBuf bytes, int start, int length, int source, int destination) {
        bytes.setShort(start + CHECKSUM_AT, 0);
        bytes.setShort(start + CHECKSUM_AT, checksum(bytes, start, length, source, destination));
    }

    private static int checksum(ByteBuf bytes, int start, int length, int source, int destination) {
        return Checksum.finish(
                Checksum.sum(bytes, start, length)
                        + Checksum.pseudoHeader(source, destination, Ipv4Header.TCP, length));
    }
}
