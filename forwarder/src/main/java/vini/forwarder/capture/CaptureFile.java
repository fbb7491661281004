package vini.forwarder.capture;

import org.jspecify.annotations.Nullable;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
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
     * Begins.
     *
     * @param to where the file goes; it is closed with this one
     * @param interfaces by whose numbers packets say where they were seen
     * @param snapBytes that are kept of a packet at most
     * @param comment on the whole
     */
    public CaptureFile(
            OutputStream to,
            String program,
            String comment,
            List<Interface> interfaces,
            int snapBytes)
            throws IOException {
        out = new BufferedOutputStream(to, 1 << 16);
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
     * Adds a packet, with the reason in its comment if it was dropped.
     *
     * @param number of its interface
     * @param nanos when, since 1970 as the file says it
     */
    public void add(int number, Pcapng.Direction direction, long nanos, CapturedPacket packet)
            throws IOException {
        byte[] kept = packet.bytes();
        String comment = comment(packet);
        int options = Pcapng.optionBytes(direction, comment);
        Pcapng.beginPacket(room, number, nanos, kept.length, packet.length(), options);
        write();
        out.write(kept);
        bytes += kept.length;
        Pcapng.endPacket(room, kept.length, direction, comment);
        write();
    }

    private static @Nullable String comment(CapturedPacket packet) {
        return packet.reason() == null
                ? null
                : "dropped: " + packet.reason() + " at " + packet.place();
    }

    /** By how much {@link #add} makes the file longer. */
    public static int bytesOf(Pcapng.Direction direction, CapturedPacket packet) {
        return Pcapng.packetBytes(
                packet.bytes().length, Pcapng.optionBytes(direction, comment(packet)));
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
