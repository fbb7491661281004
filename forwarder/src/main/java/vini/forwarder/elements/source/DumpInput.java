package vini.forwarder.elements.source;

import org.jspecify.annotations.Nullable;

import vini.net.wire.WireException;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * The bytes of a dump, from a file, a gzipped file, or (where the name is {@code -}) the standard
 * input; with the position and with numbers of either byte order.
 */
final class DumpInput implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int LINE_BYTES_MAX = 1 << 16;

    private final String name;
    private InputStream in;
    private boolean compressed;
    private long position;

    private DumpInput(String name, InputStream in) {
        this.name = name;
        this.in = in;
    }

    /** Opens a file; what is no dump shows when it is read. */
    static DumpInput open(String name) throws IOException {
        InputStream raw =
                new BufferedInputStream(
                        name.equals("-") ? System.in : Files.newInputStream(Path.of(name)),
                        BUFFER_BYTES);
        DumpInput input = new DumpInput(name, raw);
        try {
            raw.mark(3);
            int first = raw.read();
            int second = raw.read();
            int third = raw.read();
            raw.reset();
            if (first == 0x1f && second == 0x8b) {
                input.compressed = true;
                input.in = new BufferedInputStream(new GZIPInputStream(raw), BUFFER_BYTES);
            } else if (first == 'B' && second == 'Z' && third == 'h') {
                throw new IOException("it is compressed by bzip2, which is not read here");
            }
            return input;
        } catch (IOException e) {
            input.close();
            throw e;
        }
    }

    /** Bytes of given text, for dumps that stand in a configuration. */
    static DumpInput of(byte[] bytes) {
        return new DumpInput("", new ByteArrayInputStream(bytes));
    }

    /** How many (uncompressed) bytes were read or skipped. */
    long position() {
        return position;
    }

    /** The file's length in bytes, or {@code -} where that is not known. */
    String size() {
        try {
            return compressed || name.equals("-") || name.isEmpty()
                    ? "-"
                    : String.valueOf(Files.size(Path.of(name)));
        } catch (IOException e) {
            return "-";
        }
    }

    /** The next byte, or -1 at the end. */
    int read() throws IOException {
        int value = in.read();
        position += value < 0 ? 0 : 1;
        return value;
    }

    /**
     * Fills the first {@code length} bytes.
     *
     * @return false if the input ended before the first of them
     * @throws WireException if it ended later
     */
    boolean fill(byte[] into, int length) throws IOException, WireException {
        int n = in.readNBytes(into, 0, length);
        position += n;
        if (n < length && n > 0) {
            throw new WireException("it ends within a record, at byte " + position);
        }
        return n == length;
    }

    /** Passes over bytes that must be there. */
    void skip(long length) throws IOException, WireException {
        long left = length;
        while (left > 0) {
            long n = in.skip(left);
            if (n <= 0) {
                if (in.read() < 0) {
                    throw new WireException("it ends within a record, at byte " + position);
                }
                n = 1;
            }
            left -= n;
            position += n;
        }
    }

    /**
     * The next line without its end, in ISO 8859-1.
     *
     * @return null at the end of the input
     * @throws WireException if the line is longer than 65536 bytes
     */
    @Nullable String line() throws IOException, WireException {
        StringBuilder line = new StringBuilder();
        int c = read();
        if (c < 0) {
            return null;
        }
        while (c >= 0 && c != '\n') {
            if (line.length() == LINE_BYTES_MAX) {
                throw new WireException("a line is longer than " + LINE_BYTES_MAX + " bytes");
            }
            line.append((char) c);
            c = read();
        }
        int length = line.length();
        if (length > 0 && line.charAt(length - 1) == '\r') {
            line.setLength(length - 1);
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            if (!name.equals("-")) {
                in.close();
            }
        } catch (IOException e) {
            // It was only read: nothing can be lost.
            return;
        }
    }
}
