package vini.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What crossed the tunnels of this machine's slices, as tcpdump took it from the loopback. */
final class Capture {
    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int ETHERNET = 14;
    private static final int UDP = 8;

    /**
     * A datagram of a tunnel.
     *
     * @param from the port of the tunnel's end that sent it
     * @param to the port of the other end
     * @param slice the number of the slice on this machine
     * @param inner what it carries, an IP packet, as far as it was taken; a character for each byte
     */
    record Datagram(int slice, int from, int to, String inner) {
        /** Whether a text stands in it. */
        boolean holds(String text) {
            return inner.contains(text);
        }
    }

    private Capture() {}

    /** Reads a file in the classic format; a record that is cut off is left out. */
    static List<Datagram> read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        bytes.order(bytes.getInt(0) == 0xa1b2c3d4 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        List<Datagram> all = new ArrayList<>();
        int at = FILE_HEADER;
        while (at + RECORD_HEADER <= bytes.capacity()) {
            int length = bytes.getInt(at + 8);
            at += RECORD_HEADER;
            if (at + length > bytes.capacity()) {
                break;
            }
            datagram(bytes.slice(at, length), all);
            at += length;
        }
        return all;
    }

    private static void datagram(ByteBuffer frame, List<Datagram> into) {
        int ip = ETHERNET;
        int udp = ip + 4 * (frame.get(ip) & 0xf);
        if (frame.capacity() <= udp + UDP) {
            return;
        }
        byte[] inner = new byte[frame.capacity() - udp - UDP];
        frame.get(udp + UDP, inner);
        into.add(
                new Datagram(
                        frame.get(ip + 14) & 0xff,
                        frame.getShort(udp) & 0xffff,
                        frame.getShort(udp + 2) & 0xffff,
                        new String(inner, StandardCharsets.ISO_8859_1)));
    }
}
