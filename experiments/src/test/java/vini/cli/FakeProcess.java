package vini.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A control socket with fixed answers, by the words of Click's ControlSocket protocol. */
final class FakeProcess implements AutoCloseable {
    private final ServerSocketChannel server;
    private final Map<String, String> answers = new TreeMap<>();
    private final List<String> written = new CopyOnWriteArrayList<>();

    FakeProcess(Path socket) throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(this::accept);
    }

    FakeProcess answer(String handler, String text) {
        answers.put(handler, text);
        return this;
    }

    /** What was written, as {@code HANDLER DATA}. */
    List<String> written() {
        return written;
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (ClosedChannelException e) {
            // the test is over
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void serve(SocketChannel client) {
        try (client;
                BufferedReader in =
                        new BufferedReader(
                                new InputStreamReader(
                                        Channels.newInputStream(client), StandardCharsets.UTF_8))) {
            send(client, "Click::ControlSocket/1.3\r\n");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ", -1);
                char[] data = new char[Integer.parseInt(words[2])];
                for (int n = 0; n < data.length; ) {
                    n += in.read(data, n, data.length - n);
                }
                String answer = answers.get(words[1]);
                if (words[0].equals("WRITEDATA")) {
                    written.add(words[1] + " " + new String(data));
                    send(client, "200 Write handler '" + words[1] + "' OK\r\n");
                } else if (answer == null) {
                    send(client, "511 No handler named '" + words[1] + "'\r\n");
                } else {
                    int bytes = answer.getBytes(StandardCharsets.UTF_8).length;
                    send(client, "200 Read handler OK\r\nDATA " + bytes + "\r\n" + answer);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void send(SocketChannel client, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            client.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
