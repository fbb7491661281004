package vini.forwarder.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vini.forwarder.HandlerException;
import vini.forwarder.Handlers;
import vini.forwarder.io.EventLoop;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

@Timeout(60)
class ControlConnectionTest {
    @TempDir Path folder;
    private final EventLoop loop = new EventLoop("test");
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private Path socket = Path.of("");

    @BeforeEach
    void name() {
        socket = folder.resolve("c.sock");
    }

    @AfterEach
    void end() {
        loop.close();
    }

    private interface Use {
        void of(ControlConnection connection);
    }

    private void connect(Use use) {
        loop.run(
                () ->
                        ControlConnection.connect(
                                loop,
                                socket,
                                new ControlConnection.Listener() {
                                    @Override
                                    public void connected(ControlConnection connection) {
                                        use.of(connection);
                                    }

                                    @Override
                                    public void closed() {
                                        heard.add("closed");
                                    }
                                }));
    }

    private ControlConnection.Answer note() {
        return (code, text) -> heard.add(code + " " + text);
    }

    @Test
    void answersComeInTheOrderOfTheCommands() throws Exception {
        Handlers handlers = new Handlers();
        handlers.read("none", () -> "");
        handlers.read("lines", () -> "200 Write handler\nDATA 5\n");
        handlers.write("good", value -> {});
        handlers.write(
                "silent",
                value -> {
                    throw new HandlerException("");
                });
        handlers.write(
                "wordy",
                value -> {
                    throw new HandlerException("a\nb");
                });
        HandlerTree tree = new HandlerTree(handlers, owner -> null);
        try (ControlServer server = ControlServer.listen(loop, socket, tree)) {
            assertThat(server).isNotNull();
            connect(
                    connection -> {
                        connection.read("none", note());
                        connection.write("silent", "x", note());
                        connection.read("lines", note());
                        connection.read("absent", note());
                        connection.write("wordy", "DATA 1\n", note());
                        connection.write("good", "", note());
                        connection.read("none", (code, text) -> connection.close());
                    });
            await().until(() -> heard.contains("closed"));
        }
        assertThat(heard)
                .containsExactly(
                        "200 ",
                        "520 ",
                        "200 200 Write handler\nDATA 5\n",
                        "511 No handler named 'absent'",
                        "520 a\nb",
                        "200 Write handler 'good' OK",
                        "closed");
    }

    private ServerSocketChannel listen() throws Exception {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        return server.bind(UnixDomainSocketAddress.of(socket));
    }

    private static void say(SocketChannel peer, String text) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            peer.write(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DATA x\n", "DATA -1\n", "DATA 999999999\n", "2x0 what\n"})
    void isClosedByBytesThatNoServerSends(String bytes) throws Exception {
        try (ServerSocketChannel server = listen()) {
            connect(connection -> connection.read("a", note()));
            try (SocketChannel peer = server.accept()) {
                say(peer, "Click::ControlSocket/1.3\r\n" + bytes);
                await().until(() -> heard.contains("closed"));
            }
        }
        assertThat(heard).containsExactly("closed");
    }

    @Test
    void isClosedByALineWithoutEnd() throws Exception {
        try (ServerSocketChannel server = listen()) {
            connect(connection -> {});
            try (SocketChannel peer = server.accept()) {
                say(peer, "x".repeat(70_000));
                await().until(() -> heard.contains("closed"));
            }
        }
    }

    @Test
    void givesUpAProcessThatDoesNotAnswer() throws Exception {
        try (ServerSocketChannel server = listen()) {
            connect(
                    connection -> {
                        for (int i = 0; i <= 10_000; i++) {
                            connection.write("a", "", note());
                        }
                    });
            try (SocketChannel peer = server.accept()) {
                say(peer, "Click::ControlSocket/1.3\r\n");
                await().until(() -> heard.contains("closed"));
            }
        }
        assertThat(heard).containsExactly("closed");
    }
}
