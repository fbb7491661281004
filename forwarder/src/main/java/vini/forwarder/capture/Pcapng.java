package vini.forwarder.capture;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The blocks of a pcapng file (draft-ietf-opsawg-pcapng), in big-endian numbers. A block goes to
 * the position of a big-endian buffer, which must have room for it.
 */
public final class Pcapng {
    /** A type that reads the same in either byte order. */
    public static final int SECTION_HEADER = 0x0a0d0d0a;

    public static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    public static final int INTERFACE = 1;
    public static final int ENHANCED_PACKET = 6;

    /** What a block of a packet has besides its bytes, their padding and its options. */
    private static final int PACKET_BYTES = 32;

    /** What a block has besides its texts, at most. */
    public static final int BLOCK_BYTES = 64;

    /** More of a comment is left out. */
    public static final int TEXT_BYTES_MAX = 4096;

    private static final int END = 0;
    private static final int COMMENT = 1;
    private static final int INTERFACE_NAME = 2;
    private static final int INTERFACE_DESCRIPTION = 3;
    private static final int PROGRAM = 4;
    private static final int RESOLUTION = 9;
    private static final int PACKET_FLAGS = 2;

    private Pcapng() {}

    /** Which way a packet went at an interface; the two lowest bits of its flags. */
    public enum Direction {
        UNKNOWN,
        INBOUND,
        OUTBOUND
    }

    /**
     * The beginning of a section of unknown length.
     *
     * @param program that writes it
     */
    public static void section(ByteBuffer to, @Nullable String program, @Nullable String comment) {
        int begin = begin(to, SECTION_HEADER);
        to.putInt(BYTE_ORDER_MAGIC).putShort((short) 1).putShort((short) 0).putLong(-1);
        text(to, COMMENT, comment);
        text(to, PROGRAM, program);
        endOptions(to, comment != null || program != null);
        end(to, begin);
    }

    /**
     * An interface; they are numbered in the order of the file.
     *
     * @param linkType how packets begin (www.tcpdump.org/linktypes.html)
     * @param digits of the fraction of a second that times have
     */
    public static void describe(
            ByteBuffer to,
            int linkType,
            int snapBytes,
            int digits,
            @Nullable String name,
            @Nullable String description) {
        int begin = begin(to, INTERFACE);
        to.putShort((short) linkType).putShort((short) 0).putInt(snapBytes);
        text(to, INTERFACE_NAME, name);
        text(to, INTERFACE_DESCRIPTION, description);
        to.putShort((short) RESOLUTION).putShort((short) 1).put((byte) digits).put((byte) 0);
        to.putShort((short) 0);
        endOptions(to, true);
        end(to, begin);
    }

    /**
     * The block of a packet up to its first byte.
     *
     * @param time in the units of the interface
     * @param kept bytes that follow
     * @param length of the packet
     * @param optionBytes as {@link #optionBytes} has them
     */
    public static void beginPacket(
            ByteBuffer to, int number, long time, int kept, int length, int optionBytes) {
        to.putInt(ENHANCED_PACKET).putInt(packetBytes(kept, optionBytes));
        to.putInt(number).putLong(time).putInt(kept).putInt(length);
    }

    /** The block of a packet from its last byte on, without options. */
    public static void endPacket(ByteBuffer to, int kept) {
        pad(to, kept);
        to.putInt(packetBytes(kept, 0));
    }

    /** The same with options. */
    public static void endPacket(
            ByteBuffer to, int kept, Direction direction, @Nullable String comment) {
        pad(to, kept);
        int options = to.position();
        text(to, COMMENT, comment);
        if (direction != Direction.UNKNOWN) {
            to.putShort((short) PACKET_FLAGS).putShort((short) 4).putInt(direction.ordinal());
        }
        endOptions(to, to.position() > options);
        to.putInt(packetBytes(kept, to.position() - options));
    }

    /**
     * How many bytes the block of a packet takes.
     *
     * @param kept of the packet's own bytes
     * @param optionBytes as {@link #optionBytes} has them
     */
    public static int packetBytes(int kept, int optionBytes) {
        return PACKET_BYTES + padded(kept) + optionBytes;
    }

    /** How many bytes the options of such a packet take. */
    public static int optionBytes(Direction direction, @Nullable String comment) {
        int bytes = direction == Direction.UNKNOWN ? 0 : 8;
        if (comment != null) {
            bytes += 4 + padded(bytes(comment).length);
        }
        return bytes == 0 ? 0 : bytes + 4;
    }

    private static byte[] bytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= TEXT_BYTES_MAX ? bytes : bytes("too long");
    }

    private static int begin(ByteBuffer to, int type) {
        int begin = to.position();
        to.putInt(type).putInt(0);
        return begin;
    }

    private static void end(ByteBuffer to, int begin) {
        int length = to.position() - begin + Integer.BYTES;
        to.putInt(begin + Integer.BYTES, length).putInt(length);
    }

    private static void text(ByteBuffer to, int option, @Nullable String text) {
        if (text != null) {
            byte[] bytes = bytes(text);
            to.putShort((short) option).putShort((short) bytes.length).put(bytes);
            pad(to, bytes.length);
        }
    }

    private static void endOptions(ByteBuffer to, boolean any) {
        if (any) {
            to.putShort((short) END).putShort((short) 0);
        }
    }

    private static int padded(int bytes) {
        return (bytes + 3) / 4 * 4;
    }

    private static void pad(ByteBuffer to, int bytes) {
        for (int i = bytes; i < padded(bytes); i++) {
            to.put((byte) 0);
        }
    }
}
