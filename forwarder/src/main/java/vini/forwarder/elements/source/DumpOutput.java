package vini.forwarder.elements.source;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;

/**
 * Where a dump is written to: a file (gzipped, if its name ends so), or the standard output for
 * {@code -}; through a buffer. What was in the file stays until the first byte is written, so that
 * a graph that replaces another can take over its open file.
 */
public final class DumpOutput {
    private static final int BUFFER_BYTES = 1 << 16;

    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int filled;
    private final @Nullable FileChannel channel;
    private final boolean zipped;
    private @Nullable OutputStream out;

    private DumpOutput(@Nullable FileChannel channel, boolean zipped) {
        this.channel = channel;
        this.zipped = zipped;
    }

    /** Opens a file of that name, or makes it; {@code -} is the standard output. */
    public static DumpOutput open(String name) throws IOException {
        return new DumpOutput(
                name.equals("-")
                        ? null
                        : FileChannel.open(
                                Path.of(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                name.endsWith(".gz"));
    }

    private OutputStream out() throws IOException {
        OutputStream to = out;
        if (to == null) {
            if (channel == null) {
                to = System.out;
            } else {
                channel.truncate(0);
                to = Channels.newOutputStream(channel);
            }
            to = zipped ? new GZIPOutputStream(to, BUFFER_BYTES) : to;
            out = to;
        }
        return to;
    }

    /** Writes bytes, through the buffer. */
    public void write(byte[] bytes) throws IOException {
        write(ByteBuffer.wrap(bytes));
    }

    /** Writes what is left in the buffer. */
    public void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            int part = Math.min(bytes.remaining(), room());
            bytes.get(buffer, filled, part);
            filled += part;
        }
    }

    /** Writes some of the bytes. */
    public void write(ByteBuf bytes, int index, int length) throws IOException {
        int at = index;
        while (at < index + length) {
            int part = Math.min(index + length - at, room());
            bytes.getBytes(at, buffer, filled, part);
            filled += part;
            at += part;
        }
    }

    private int room() throws IOException {
        if (filled == buffer.length) {
            empty();
        }
        return buffer.length - filled;
    }

    private void empty() throws IOException {
        int length = filled;
        // Forgotten also if it cannot be written: the buffer must not be stuck.
        filled = 0;
        out().write(buffer, 0, length);
    }

    /** Writes what lies in the buffer. */
    public void flush() throws IOException {
        empty();
        out().flush();
    }

    /** Writes all and closes the file. */
    public void close() throws IOException {
        try {
            flush();
        } finally {
            if (channel != null) {
                out().close();
                channel.close();
            }
        }
    }

    /** Closes the file as it was found; for one that another has open already. */
    public void abandon() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
