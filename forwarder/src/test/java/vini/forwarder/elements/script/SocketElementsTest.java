package vini.forwarder.elements.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import vini.forwarder.ConfigException;
import vini.forwarder.HandlerException;
import vini.forwarder.io.ClickRun;
import vini.time.Seed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;

/** ControlSocket and ChatterSocket on the loopback and on Unix sockets. */
@Timeout(60)
class SocketElementsTest {
    private final LinkedBlockingQueue<String> said = new LinkedBlockingQueue<>();

    @SuppressWarnings("NullAway.Init") // set by start
    private ClickRun run;

    private ClickRun start(String text) throws ConfigException {
        ClickRun.Plan plan =
                new ClickRun.Plan("t.click", text, Map.of(), new Seed(1), false, true, 1, 0);
        run = new ClickRun(plan, new ClickRun.Output(said::add, said::add));
        return run;
    }

    @AfterEach
    void end() throws ConfigException {
        if (run != null) {
            assertThat(run.end()).isZero();
            run.close();
        }
    }

    /** A program at the other end. */
    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;

        Client(String port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
            in =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        String line() throws IOException {
            return String.valueOf(in.readLine());
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private void write(Client client, String line) throws IOException {
        client.send(line + "\n");
        assertThat(client.line()).startsWith("200 ");
    }

    @Test
    void chatterGoesToWhoIsConnected() throws Exception {
        start(
                """
                c :: ControlSocket(TCP, 0, VERBOSE true);
                h :: ChatterSocket(TCP, 0);
                q :: ChatterSocket(TCP, 0, GREETING false, CHANNEL quiet);
                s :: Script(TYPE PASSIVE, read $args);
                """);
        try (Client one = new Client(run.read("h.port", ""));
                Client two = new Client(run.read("h.port", ""));
                Client other = new Client(run.read("q.port", ""))) {
            assertThat(one.line()).isEqualTo("Click::ChatterSocket/1.0");
            assertThat(two.line()).isEqualTo("Click::ChatterSocket/1.0");
            two.send("this is not read\n");
            try (Client control = new Client(run.read("c.port", ""))) {
                assertThat(control.line()).isEqualTo("Click::ControlSocket/1.3");
                assertThat(one.line()).startsWith("c: opened connection from 127.0.0.1:");
                write(control, "WRITE s.run h.name");
                assertThat(one.line()).isEqualTo("h.name:");
                assertThat(one.line()).isEqualTo("h");
                control.send("READ 2.clients\nREAD q.clients\n");
                assertThat(control.line()).isEqualTo("200 Read handler '2.clients' OK");
                assertThat(control.line()).isEqualTo("DATA 1");
                assertThat(control.line()).isEqualTo("2200 Read handler 'q.clients' OK");
            }
            assertThat(two.line()).startsWith("c: opened connection from 127.0.0.1:");
            assertThat(two.line()).isEqualTo("h.name:");
            assertThat(said.take()).startsWith("c: opened connection");
            assertThat(said.take()).startsWith("h.name:");
            assertThat(said.take()).startsWith("c: closed connection");
            assertThat(other.socket.getInputStream().available()).isZero();
        }
    }

    @Test
    void whoDoesNotReadIsCutOff(@TempDir Path folder) throws Exception {
        Path socket = folder.resolve("chatter");
        start(
                "h :: ChatterSocket(UNIX, %s); s :: Script(TYPE PASSIVE, read $args);"
                                .formatted(socket)
                        + "e :: Script(TYPE PASSIVE, return $args);");
        assertThat(run.read("h.filename", "")).isEqualTo(socket.toString());
        try (SocketChannel deaf = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            deaf.connect(UnixDomainSocketAddress.of(socket));
            InputStream in = Channels.newInputStream(deaf);
            assertThat(new String(in.readNBytes(26), StandardCharsets.UTF_8))
                    .isEqualTo("Click::ChatterSocket/1.0\r\n");
            String kilobytes = "e.run " + "x".repeat(50_000);
            for (int i = 0; i < 100 && run.read("h.clients", "").equals("1"); i++) {
                String ignored = run.read("s.run", kilobytes);
            }
            assertThat(run.read("h.dropped", "")).isEqualTo("1");
            assertThat(run.read("h.clients", "")).isEqualTo("0");
            // What was on its way is still there, and not more than the bound and the kernel's.
            assertThat(in.readAllBytes().length).isBetween(50_000, 2_000_000);
        }
        assertThat(said).hasSizeGreaterThan(10);
    }

    @Test
    void aPortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> start("ControlSocket(TCP, " + port + ");"))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("port " + port + ": ")
                    .hasMessageContaining("in use");
            start("c :: ControlSocket(TCP, " + port + "+);");
            int given = Integer.parseInt(run.read("c.port", ""));
            assertThat(given).isBetween(port + 1, port + 10);
            end();
            start("c :: ControlSocket(TCP, " + port + ", RETRIES 1);");
            assertThat(said.take()).contains("c: warning: port " + port).endsWith("trying again");
            run.drive();
            assertThat(said.take()).contains("c: port " + port).endsWith("giving up");
        }
    }

    @Test
    void aUnixSocketOfAnotherIsLeftAlone(@TempDir Path folder) throws Exception {
        Path socket = folder.resolve("s");
        start("c :: ControlSocket(UNIX, %s);".formatted(socket));
        ClickRun first = run;
        assertThatThrownBy(() -> start("ControlSocket(UNIX, %s);".formatted(socket)))
                .hasMessageContaining("another process listens there");
        assertThat(Files.exists(socket)).isTrue();
        assertThat(first.end()).isZero();
        first.close();
        Files.createFile(socket);
        start("c :: ControlSocket(UNIX, %s);".formatted(socket));
        assertThat(run.read("c.filename", "")).isEqualTo(socket.toString());
    }

    @Test
    void clientsStayWhenTheGraphIsReplaced() throws Exception {
        String port = freePort();
        String sockets =
                "c :: ControlSocket(TCP, %s, RETRIES 1, RETRY_WARNINGS false, READONLY %s);"
                        + "h :: ChatterSocket(TCP, 0, RETRIES 1); i :: Idle; i -> %s -> Idle;";
        start(sockets.formatted(port, "false", "x :: Counter"));
        try (Client control = new Client(port);
                Client chatter = new Client(run.read("h.port", ""))) {
            String banner = control.line() + chatter.line();
            assertThat(banner).contains("ControlSocket").contains("ChatterSocket");
            String next = sockets.formatted(port, "true", "y :: Print(hello)");
            write(control, "WRITE hotconfig " + next);
            control.send("READ y.class\nWRITE i.name 2\nWRITE stop\n");
            assertThat(control.line()).isEqualTo("200 Read handler 'y.class' OK");
            assertThat(control.line()).isEqualTo("DATA 5");
            assertThat(control.line()).startsWith("Print530 Handler 'i.name' read-only");
            assertThat(control.line()).isEqualTo("530 Permission denied for 'stop'");
            assertThat(run.read("c.clients", "")).isEqualTo("1");
        }
    }

    private static String freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "" + free.getLocalPort();
        }
    }

    @Test
    void aScriptGoesOnInTheGraphThatItHasStarted() throws Exception {
        start(
                "s :: Script(init n 0, set n $(add $n 1), print $n, goto done $(gt $n 1),"
                        + " write hotconfig $(flatconfig), print \"on $?\","
                        + " wait 1ms, loop, label done, stop);");
        run.drive();
        assertThat(said).containsExactly("1\n", "on 0\n", "2\n");
    }

    @Test
    void hostileLinesHarmNobody() throws Exception {
        start("c :: ControlSocket(TCP, 0);");
        String port = run.read("c.port", "");
        byte[] noise = new byte[5000];
        new Random(7).nextBytes(noise);
        for (int i = 0; i < 20; i++) {
            try (Client client = new Client(port)) {
                client.socket.getOutputStream().write(noise, i, 4000);
                client.send("\r\n\r\n\0\0READ \0\nWRITEDATA c.x 3\n\u00ff\u00fe");
            }
        }
        try (Client client = new Client(port)) {
            assertThat(client.line()).isEqualTo("Click::ControlSocket/1.3");
            client.send("READ c.name\nHELP\n");
            assertThat(client.line()).isEqualTo("200 Read handler 'c.name' OK");
            assertThat(client.line()).isEqualTo("DATA 1");
            assertThat(client.line()).startsWith("c200-Commands");
        }
        assertThatThrownBy(() -> run.read("9.name", "")).isInstanceOf(HandlerException.class);
    }
}
