package vini.forwarder.elements.napt;

import org.jspecify.annotations.Nullable;

import vini.time.Clock;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/**
 * Who had which port when: a line for each beginning and each end of a mapping. The last ones are
 * kept in memory, a ring of columns; all are written to a file, if one is wanted, until it is full.
 */
final class MappingLog implements AutoCloseable {
    /** An answer is bounded: it is made on the thread that moves packets. */
    private static final int LINES_AT_ONCE_MAX = 4096;

    private static final long SECOND = 1_000_000_000L;

    private final Clock clock;
    private final int capacity;
    private final long[] nanos;
    private final long[] insides;

    /** The outer endpoint, and in its lowest bit above the protocol whether it is a beginning. */
    private final long[] outsides;

    private long next;
    private @Nullable Writer file;
    private long room;
    private long lost;

    /**
     * @param capacity how many lines are kept, perhaps none
     */
    MappingLog(Clock clock, int capacity) {
        this.clock = clock;
        this.capacity = capacity;
        nanos = new long[capacity];
        insides = new long[capacity];
        outsides = new long[capacity];
    }

    /** Writes lines to the end of a file as well, so many bytes at most. */
    void writeTo(Path path, long bytesMax) throws IOException {
        long there = Files.exists(path) ? Files.size(path) : 0;
        file =
                new BufferedWriter(
                        Files.newBufferedWriter(
                                path,
                                StandardCharsets.US_ASCII,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.APPEND));
        room = bytesMax - there;
    }

    /** Lines that the file had no room for, or refused. */
    long lost() {
        return lost;
    }

    void add(boolean begins, long inside, long outside) {
        if (capacity == 0 && file == null) {
            return;
        }
        long now = clock.epochNanos();
        long what = begins ? outside | Endpoint.OUTSIDE : outside;
        if (capacity > 0) {
            int slot = (int) (next % capacity);
            nanos[slot] = now;
            insides[slot] = inside;
            outsides[slot] = what;
        }
        if (file != null) {
            write(file, line(next, now, inside, what));
        }
        next++;
    }

    private void write(Writer to, String line) {
        room -= line.length();
        if (room < 0) {
            room = -1;
            lost++;
            return;
        }
        try {
            to.write(line);
        } catch (IOException e) {
            lost++;
        }
    }

    private static String line(long number, long when, long inside, long outside) {
        return number
                + " "
                + Instant.ofEpochSecond(when / SECOND, when % SECOND)
                + ((outside & Endpoint.OUTSIDE) != 0 ? " begin " : " end ")
                + Endpoint.protocolName(Endpoint.protocol(inside))
                + " "
                + Endpoint.text(inside)
                + " "
                + Endpoint.text(outside)
                + "\n";
    }

    /** Some thousand lines from that number on; who wants all asks again from where they end. */
    String from(long number) {
        StringBuilder text = new StringBuilder();
        long first = Math.max(Math.max(0, number), next - capacity);
        long end = Math.min(next, first + LINES_AT_ONCE_MAX);
        for (long line = first; line < end; line++) {
            int slot = (int) (line % capacity);
            text.append(line(line, nanos[slot], insides[slot], outsides[slot]));
        }
        return text.toString();
    }

    /** Goes on where another one was. */
    void takeOver(MappingLog other) {
        next = other.next;
        lost += other.lost;
        for (long line = Math.max(0, next - other.capacity); line < next && capacity > 0; line++) {
            int slot = (int) (line % capacity);
            int their = (int) (line % other.capacity);
            nanos[slot] = other.nanos[their];
            insides[slot] = other.insides[their];
            outsides[slot] = other.outsides[their];
        }
    }

    /** Makes what was written visible to who reads the file. */
    void flush() {
        if (file != null) {
            try {
                file.flush();
            } catch (IOException e) {
                lost++;
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
