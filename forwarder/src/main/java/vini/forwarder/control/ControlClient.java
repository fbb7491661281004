package vini.forwarder.control;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A blocking client of the ControlSocket protocol over a Unix socket. Its methods may be called
 * from any thread; commands go one after the other.
 *
 * <p>Nobody waits for ever: when the process has said nothing for the time-out, the call fails with
 * a {@link ControlTimeoutException}, and so does each later one, since an answer that comes late
 * would be taken for that of the next command. An interrupt of the calling thread is kept for
 * later.
 */
public final class ControlClient implements AutoCloseable {
    private static final int OK_BELOW = 300;
    private static final int LINE_BYTES_MAX = 1 << 16;
    private static final int DATA_BYTES_MAX = 1 << 28;
    private static final int BUFFER_BYTES = 1 << 13;

    /** Long enough for a machine that is busy, short enough for a person who waits. */
    private static final long TIMEOUT_MS = 5000;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final long timeoutMs;
    private final ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES).flip();
    private volatile boolean timedOut;

    private ControlClient(SocketChannel channel, Selector selector, long timeoutMs)
            throws IOException {
        this.channel = channel;
        this.selector = selector;
        this.timeoutMs = timeoutMs;
        this.key = channel.configureBlocking(false).register(selector, 0);
    }

    /**
     * Connects to the process that listens at {@code path}, with a time-out of five seconds.
     *
     * @throws IOException nobody listens there, it is no control socket, or it does not answer
     */
    public static ControlClient connect(Path path) throws IOException {
        return connect(path, TIMEOUT_MS);
    }

    /**
     * Connects to the process that listens at {@code path}.
     *
     * @param timeoutMs how long it may be silent when something is expected of it, at least 1
     * @throws IOException nobody listens there, it is no control socket, or it does not answer
     */
    public static ControlClient connect(Path path, long timeoutMs) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(path));
            return greeted(path, channel, timeoutMs);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static ControlClient greeted(Path path, SocketChannel channel, long timeoutMs)
            throws IOException {
        Selector selector = Selector.open();
        try {
            ControlClient client = new ControlClient(channel, selector, timeoutMs);
            String banner = client.line();
            if (!banner.startsWith("Click::ControlSocket/1.")) {
                throw new IOException(path + " is no control socket: " + banner);
            }
            return client;
        } catch (IOException e) {
            selector.close();
            throw e;
        }
    }

    /** Whether the process has let a time-out pass: nothing more will come of this connection. */
    public boolean hasTimedOut() {
        return timedOut;
    }

    /** Reads a handler. */
    public String read(String handler) throws IOException {
        return read(handler, "");
    }

    /** Reads a handler with an argument. */
    public synchronized String read(String handler, String argument) throws IOException {
        byte[] data = argument.getBytes(StandardCharsets.UTF_8);
        send("READDATA " + handler + " " + data.length + "\n", data);
        status();
        String header = line();
        if (!header.startsWith("DATA ")) {
            throw new IOException("expected DATA, got " + header);
        }
        int length = number(header.substring(5));
        if (length < 0 || length > DATA_BYTES_MAX) {
            throw new IOException("DATA of " + header.substring(5) + " bytes is too long");
        }
        byte[] bytes = new byte[length];
        for (int read = 0; read < length; ) {
            fill();
            int some = Math.min(length - read, in.remaining());
            in.get(bytes, read, some);
            read += some;
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Writes a handler. */
    public synchronized void write(String handler, String value) throws IOException {
        byte[] data = value.getBytes(StandardCharsets.UTF_8);
        send("WRITEDATA " + handler + " " + data.length + "\n", data);
        status();
    }

    private void send(String line, byte[] data) throws IOException {
        if (timedOut) {
            throw new ControlTimeoutException(timeoutMs);
        }
        byte[] command = line.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(command.length + data.length);
        bytes.put(command).put(data).flip();
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                await(SelectionKey.OP_WRITE);
            }
        }
    }

    /** Waits until there is at least one byte in {@link #in}. */
    private void fill() throws IOException {
        if (in.hasRemaining()) {
            return;
        }
        in.clear();
        int count = channel.read(in);
        while (count == 0) {
            await(SelectionKey.OP_READ);
            count = channel.read(in);
        }
        in.flip();
        if (count < 0) {
            throw new EOFException("the process has closed its control socket");
        }
    }

    private void await(int what) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            key.interestOps(what);
            while (selector.select(timeoutMs) == 0) {
                if (!Thread.interrupted()) {
                    timedOut = true;
                    throw new ControlTimeoutException(timeoutMs);
                }
                interrupted = true;
            }
            selector.selectedKeys().clear();
        } catch (ClosedSelectorException | CancelledKeyException e) {
            throw new ClosedChannelException();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void status() throws IOException {
        StringBuilder message = new StringBuilder();
        while (true) {
            String line = line();
            if (line.length() < 4) {
                throw new IOException("not a status line: " + line);
            }
            message.append(line.substring(4));
            if (line.charAt(3) != '-') {
                int code = number(line.substring(0, 3));
                if (code >= OK_BELOW) {
                    throw new ControlException(code, ControlException.why(message.toString()));
                }
                return;
            }
            message.append('\n');
        }
    }

    private static int number(String text) throws IOException {
        try {
            return Integer.parseUnsignedInt(text);
        } catch (NumberFormatException e) {
            throw new IOException("not a number: " + text, e);
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = next(); b != '\n'; b = next()) {
            if (line.size() > LINE_BYTES_MAX) {
                throw new IOException("line too long");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private int next() throws IOException {
        fill();
        return in.get();
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            selector.close();
        }
    }
}
