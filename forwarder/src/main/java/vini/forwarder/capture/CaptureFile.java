package vini.forwarder.capture;

import org.jspecify.annotations.Nullable;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A pcapng file of IP packets from several places, with times in nanoseconds, which Wireshark
 * opens. It is whole after each {@link #flush}.
 */
public final class CaptureFile implements AutoCloseable {
    private static final int LINKTYPE_RAW = 101;
    private static final int NANOSECOND_DIGITS = 9;
    private static final int ROOM_BYTES = Pcapng.BLOCK_BYTES + 3 * Pcapng.TEXT_BYTES_MAX;

    /**
     * A place.
     *
     * @param name as Wireshark shows it: {@code denver>kansas}
     * @param description of it in words
     */
    public record Interface(String name, String description) {}

    private final OutputStream out;
    private final ByteBuffer room = ByteBuffer.allocate(ROOM_BYTES);
    private long bytes;

    /**
     * Makes a file, in place of one that is there.
     *
     * @param interfaces by whose numbers packets say where they were seen
     * @param snapBytes that are kept of a packet at most
     * @param comment on the whole
     */
    public CaptureFile(
            Path file, String program, String comment, List<Interface> interfaces, int snapBytes)
            throws IOException {
        out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        Pcapng.section(room, program, comment);
        write();
        for (Interface one : interfaces) {
            Pcapng.describe(
                    room,
                    LINKTYPE_RAW,
                    snapBytes,
                    NANOSECOND_DIGITS,
                    one.name(),
                    one.description());
            write();
        }
        flush();
    }

    /**
     * Adds a packet.
     *
     * @param number of its interface
     * @param nanos since 1970 as the file says it
     * @param length of the packet
     * @param kept the first bytes of it
     */
    public void add(
            int number,
            long nanos,
            int length,
            byte[] kept,
            Pcapng.Direction direction,
            @Nullable String comment)
            throws IOException {
        int options = Pcapng.optionBytes(direction, comment);
        Pcapng.beginPacket(room, number, nanos, kept.length, length, options);
        write();
        out.write(kept);
        bytes += kept.length;
        Pcapng.endPacket(room, kept.length, direction, comment);
        write();
    }

    private void write() throws IOException {
        out.write(room.array(), 0, room.position());
        bytes += room.position();
        room.clear();
    }

    /** How long the file is. */
    public long bytes() {
        return bytes;
    }

    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
