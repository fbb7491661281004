package vini.forwarder.control;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A blocking client of the ControlSocket protocol over a Unix socket. Its methods may be called
 * from any thread; commands go one after the other.
 */
public final class ControlClient implements AutoCloseable {
    private static final int OK_BELOW = 300;
    private static final int LINE_BYTES_MAX = 1 << 16;

    private final SocketChannel channel;
    private final InputStream in;

    private ControlClient(SocketChannel channel) {
        this.channel = channel;
        this.in = new BufferedInputStream(Channels.newInputStream(channel));
    }

    /**
     * Connects to the process that listens at {@code path}.
     *
     * @throws IOException nobody listens there, or it is no control socket
     */
    public static ControlClient connect(Path path) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(path));
            ControlClient client = new ControlClient(channel);
            String banner = client.line();
            if (!banner.startsWith("Click::ControlSocket/1.")) {
                throw new IOException(path + " is no control socket: " + banner);
            }
            return client;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
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
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the process has closed its control socket");
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
        byte[] command = line.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(command.length + data.length);
        bytes.put(command).put(data).flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
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
                    throw new ControlException(code, message.toString());
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
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the process has closed its control socket");
            }
            if (line.size() > LINE_BYTES_MAX) {
                throw new IOException("line too long");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
