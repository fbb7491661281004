package vini.forwarder.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import vini.forwarder.GraphProcess;
import vini.forwarder.io.EventLoop;
import vini.time.Seed;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Over a real socket, by the client and by raw bytes as Click's manual of ControlSocket has them.
 */
@Timeout(120)
class ControlServerTest {
    private static final String BANNER = "Click::ControlSocket/1.3\r\n";

    @TempDir Path folder;
    private final EventLoop loop = new EventLoop("test");
    private final GraphProcess process = new GraphProcess(loop, new Seed(1));
    private Path socket = Path.of("");

    @SuppressWarnings("NullAway.Init") // set by start
    private ControlServer server;

    @BeforeEach
    void start() throws Exception {
        socket = folder.resolve("c.sock");
        loop.call(
                () ->
                        process.start(
                                "n",
                                "t.click",
                                "Idle -> p :: Paint(7) -> d :: Discard;"
                                        + "Idle -> fib :: RadixIPLookup(10.0.0.0/8 0);"
                                        + "fib -> Discard;"));
        server = ControlServer.listen(loop, socket, process.handlers());
    }

    @AfterEach
    void end() throws IOException {
        server.close();
        loop.run(process::close);
        loop.close();
        assertThat(socket).doesNotExist();
    }

    /** A raw client. */
    private final class Raw implements AutoCloseable {
        private final SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);

        Raw() throws IOException {
            channel.connect(UnixDomainSocketAddress.of(socket));
        }

        void send(String text) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        /** So many bytes, or fewer if the server closes before. */
        String receive(int bytes) throws IOException {
            ByteBuffer into = ByteBuffer.allocate(bytes);
            int read;
            do {
                read = channel.read(into);
            } while (read >= 0 && into.hasRemaining());
            return new String(into.array(), 0, into.position(), StandardCharsets.UTF_8);
        }

        void expect(String text) throws IOException {
            assertThat(receive(text.length())).isEqualTo(text);
        }

        void expectEnd() throws IOException {
            assertThat(receive(1)).isEmpty();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private static String data(String handler, String text) {
        return "200 Read handler '%s' OK\r\nDATA %d\r\n%s".formatted(handler, text.length(), text);
    }

    private void talk(String... sendAndExpect) throws IOException {
        try (Raw raw = new Raw()) {
            raw.expect(BANNER);
            for (int i = 0; i < sendAndExpect.length; i += 2) {
                raw.send(sendAndExpect[i]);
                raw.expect(sendAndExpect[i + 1]);
            }
            raw.send("QUIT\n");
            raw.expect("200 Goodbye!\r\n");
            raw.expectEnd();
        }
    }

    @Test
    void readsAndWrites() throws IOException {
        talk(
                "READ n/p.color\n",
                data("n/p.color", "7"),
                "WRITE n/p.color 8\n",
                "200 Write handler 'n/p.color' OK\r\n",
                "read n/p.color\r\n",
                data("n/p.color", "8"),
                "READ list\r",
                data("list", "n\n"),
                "READ n/fib.lookup 10.1.1.1\n",
                data("n/fib.lookup", "0"));
    }

    @Test
    void readsAndWritesWithData() throws IOException {
        talk(
                "WRITEDATA n/fib.ctrl 33\nadd 11.0.0.0/8 0\nadd 12.0.0.0/8 0",
                "200 Write handler 'n/fib.ctrl' OK\r\n",
                "READDATA n/fib.lookup 8\r\n11.1.1.1",
                data("n/fib.lookup", "0"),
                "READDATA n/p.color 0\n",
                data("n/p.color", "7"),
                "WRITEDATA n/d.reset_counts 0\r\n",
                "200 Write handler 'n/d.reset_counts' OK\r\n",
                "READUNTIL n/fib.lookup .\n12.0.0.1\n.\n",
                data("n/fib.lookup", "0"),
                "READUNTIL n/fib.lookup\r\n13.0.0.1\r\n\r\n",
                data("n/fib.lookup", "-1"),
                "WRITEUNTIL n/fib.ctrl END\nremove 11.0.0.0/8\nremove 12.0.0.0/8\nEND  \n",
                "200 Write handler 'n/fib.ctrl' OK\r\n",
                "READ n/fib.table\n",
                data("n/fib.table", "10.0.0.0/8 - 0\n"));
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        talk(
                "READ n/x.count\n",
                "510 No element named 'n/x'\r\n",
                "READ n/d.size\n",
                "511 No handler named 'n/d.size'\r\n",
                "READ n/d.reset_counts\n",
                "530 Handler 'n/d.reset_counts' write-only\r\n",
                "WRITE n/d.count 4\n",
                "530 Handler 'n/d.count' read-only\r\n",
                "WRITE n/p.color red\n",
                "520-Write handler 'n/p.color' error:\r\n520 'red' is not a whole number\r\n",
                "CHECKREAD n/p.color\n",
                "200 Read handler 'n/p.color' OK\r\n",
                "CHECKWRITE n/p.color\n",
                "200 Write handler 'n/p.color' OK\r\n",
                "CHECKREAD n/d.reset_counts\n",
                "530 Handler 'n/d.reset_counts' write-only\r\n",
                "CHECKWRITE n/d.nothing\n",
                "511 No handler named 'n/d.nothing'\r\n",
                "READ\n",
                "500 Wrong number of arguments\r\n",
                "WRITEDATA n/p.color\n",
                "500 Wrong length\r\n",
                "WRITEDATA n/p.color x\n",
                "500 Wrong length\r\n",
                "READDATA\n",
                "500 Wrong length\r\n",
                "HELLO world\n",
                "501 Unknown command 'HELLO'\r\n",
                "LLRPC n/p#c0040200\n",
                "501 LLRPC is not supported\r\n",
                "LLRPC n/p#c0040200 12\nQUIT\nREAD x\n",
                "501 LLRPC is not supported\r\n",
                "\r\n \n\n",
                "");
    }

    @Test
    void takesCommandsInAnyPieces() throws IOException {
        String commands =
                "READ n/p.color\r\nWRITEDATA n/p.color 2\r\n42READ n/p.color\nREAD list\n";
        String answers =
                data("n/p.color", "7")
                        + "200 Write handler 'n/p.color' OK\r\n"
                        + data("n/p.color", "42")
                        + data("list", "n\n");
        talk(commands, answers);
        try (Raw raw = new Raw()) {
            raw.expect(BANNER);
            raw.send("WRITE n/p.color 7\n");
            raw.expect("200 Write handler 'n/p.color' OK\r\n");
            for (int i = 0; i < commands.length(); i++) {
                raw.send(commands.substring(i, i + 1));
            }
            raw.expect(answers);
        }
    }

    @Test
    void whatFollowsQuitIsNotDone() throws IOException {
        try (Raw raw = new Raw()) {
            raw.expect(BANNER);
            raw.send("QUIT\nWRITE n/p.color 9\n");
            raw.expect("200 Goodbye!\r\n");
            raw.expectEnd();
        }
        talk("READ n/p.color\n", data("n/p.color", "7"));
    }

    @Test
    void anOverlongLineOrTooMuchDataEndsTheConversation() throws IOException {
        try (Raw raw = new Raw()) {
            raw.expect(BANNER);
            try {
                raw.send("x".repeat(200_000));
            } catch (IOException e) {
                // It may be closed before all of that is sent.
            }
            assertThat(readAll(raw)).isIn("500 Command too long\r\n", "");
        }
        try (Raw raw = new Raw()) {
            raw.expect(BANNER);
            raw.send("WRITEDATA n/p.color 99999999999\nWRITE n/p.color 9\n");
            raw.expect("521 Data too big\r\n");
            raw.expectEnd();
        }
        talk("READ n/p.color\n", data("n/p.color", "7"));
    }

    private static String readAll(Raw raw) {
        try {
            return raw.receive(100);
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void aClientThatVanishesOrDoesNotListenHarmsNobody() throws IOException {
        try (Raw half = new Raw();
                Raw deaf = new Raw()) {
            half.send("WRITEDATA n/p.color 2\n9");
            deaf.channel.configureBlocking(false);
            byte[] many = "READ classes\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);
            long pressed = 0;
            for (int i = 0; i < 500; i++) {
                pressed += deaf.channel.write(ByteBuffer.wrap(many));
            }
            // It stops to read the commands of who does not read their answers.
            assertThat(pressed).isLessThan(many.length * 400L);
            talk("READ n/p.color\n", data("n/p.color", "7"));
        }
        talk("READ n/p.color\n", data("n/p.color", "7"));
    }

    @Test
    void aSlowReaderGetsAllAnswersInOrder() throws IOException {
        try (Raw raw = new Raw()) {
            raw.expect(BANNER);
            StringBuilder commands = new StringBuilder();
            StringBuilder answers = new StringBuilder();
            for (int i = 0; i < 3000; i++) {
                commands.append("WRITE n/p.color " + i % 200 + "\nREAD n/p.color\n");
                answers.append("200 Write handler 'n/p.color' OK\r\n");
                answers.append(data("n/p.color", "" + i % 200));
            }
            raw.send(commands.toString());
            raw.expect(answers.toString());
        }
    }

    @Test
    void serves256ClientsAndTurnsTheOthersAway() throws IOException {
        List<Raw> clients = new ArrayList<>();
        int served = 0;
        for (int i = 0; i < 300; i++) {
            clients.add(new Raw());
        }
        for (Raw client : clients) {
            if (client.receive(BANNER.length()).equals(BANNER)) {
                client.send("READ n/p.color\n");
                client.expect(data("n/p.color", "7"));
                served++;
            }
        }
        assertThat(served).isEqualTo(256);
        for (Raw client : clients) {
            client.close();
        }
        talk("READ n/p.color\n", data("n/p.color", "7"));
    }

    @Test
    void theClientSpeaksIt() throws IOException {
        try (ControlClient client = ControlClient.connect(socket)) {
            assertThat(client.read("n/p.color")).isEqualTo("7");
            client.write("n/p.color", "11");
            assertThat(client.read("n/p.color")).isEqualTo("11");
            assertThat(client.read("n/fib.lookup", "10.0.0.1")).isEqualTo("0");
            client.write("n/fib.ctrl", "add 11.0.0.0/8 0\nadd 12.0.0.0/8 0\n");
            assertThat(client.read("n/fib.table").lines()).hasSize(3);
            client.write("n/d.reset_counts", "");
            assertThatThrownBy(() -> client.write("n/fib.ctrl", "add x"))
                    .isInstanceOfSatisfying(
                            ControlException.class, e -> assertThat(e.code()).isEqualTo(520));
            assertThatThrownBy(() -> client.read("n/ä.x"))
                    .isInstanceOf(ControlException.class)
                    .hasMessage("No element named 'n/ä'");
            assertThat(client.read("n/p.color")).as("it goes on").isEqualTo("11");
        }
    }

    @Test
    void theClientNoticesAServerThatIsNone() throws IOException {
        assertThatThrownBy(() -> ControlClient.connect(folder.resolve("nobody")))
                .isInstanceOf(IOException.class);
        try (ControlClient client = ControlClient.connect(socket)) {
            server.close();
            assertThatThrownBy(() -> client.read("list")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void theClientDoesNotWaitForEverForAProcessThatIsStopped() throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (ControlClient client = ControlClient.connect(socket, 500)) {
            loop.later(
                    () -> {
                        stopped.countDown();
                        try {
                            goOn.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    });
            stopped.await();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> client.read("list"))
                    .isInstanceOf(ControlTimeoutException.class)
                    .hasMessage("it says nothing for 0.5 s");
            assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
            assertThat(client.hasTimedOut()).isTrue();
            goOn.countDown();
            assertThatThrownBy(() -> client.read("n/p.color"))
                    .as("the answer to the command before is not taken for this one's")
                    .isInstanceOf(ControlTimeoutException.class);
        } finally {
            goOn.countDown();
        }
    }

    @Test
    void theClientReadsWhatIsLongerThanItsBuffer() throws IOException {
        try (ControlClient client = ControlClient.connect(socket)) {
            StringBuilder routes = new StringBuilder();
            for (int i = 0; i < 2000; i++) {
                routes.append("add 11.").append(i / 250).append('.').append(i % 250);
                routes.append(".0/24 0\n");
            }
            client.write("n/fib.ctrl", routes.toString());
            assertThat(client.read("n/fib.table").lines()).hasSize(2001);
            assertThat(client.read("n/p.color")).isEqualTo("7");
        }
    }

    @Test
    void aSocketThatIsLeftOverIsReplaced() throws IOException {
        server.close();
        Files.createFile(socket);
        server = ControlServer.listen(loop, socket, process.handlers());
        talk("READ list\n", data("list", "n\n"));
    }
}
