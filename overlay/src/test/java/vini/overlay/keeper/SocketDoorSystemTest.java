package vini.overlay.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import vini.overlay.topology.Node;
import vini.overlay.world.Cause;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;

/** A user with a stock client whose packets leave the slice by sockets of the forwarder. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class SocketDoorSystemTest {
    private static final String TOPOLOGY =
            """
            { "name": "sockets-test",
              "nodes": {
                "a": {"ingress": true}, "b": {},
                "c": {"egress": {"way": "sockets"}} },
              "links": [
                {"between": ["a", "b"], "delay": "1ms"},
                {"between": ["b", "c"], "delay": "1ms"} ],
              "routing": {"protocol": "ospf", "hello": "1s", "dead": "2s"} }
            """;

    private static final String WEB = OutsideSlice.WEB;
    private static final int BYTES = 20_000_000;

    @TempDir static Path temporary;

    @SuppressWarnings("NullAway.Init") // set by start
    private OutsideSlice slice;

    @SuppressWarnings("NullAway.Init") // set by start
    private Keeper keeper;

    @SuppressWarnings("NullAway.Init") // set by start
    private Process server;

    private final byte[] page = new byte[BYTES];

    @BeforeAll
    void start() throws Exception {
        slice = new OutsideSlice(TOPOLOGY, temporary);
        keeper = slice.keeper;
        new Random(1).nextBytes(page);
        Path web = Files.createDirectories(temporary.resolve("web"));
        Files.write(web.resolve("page"), page);
        server =
                slice.start(
                        "web",
                        temporary.resolve("web.log"),
                        "python3",
                        "-u",
                        "-m",
                        "http.server",
                        "80",
                        "-d",
                        web.toString());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> slice.run("client", "curl", "-sSI", url()).contains("200"));
    }

    @AfterAll
    void end() throws Exception {
        if (server != null) {
            server.destroy();
            server.waitFor();
        }
        if (slice != null) {
            slice.close();
        }
    }

    private static String url() {
        return "http://" + WEB + "/page";
    }

    @Test
    void aPageComesWholeAndTheServerSeesTheMachine() throws Exception {
        loadAPage();
    }

    private void loadAPage() throws Exception {
        Path got = temporary.resolve("got");
        String said = slice.run("client", "curl", "-sS", "-m", "60", "-o", got.toString(), url());
        assertThat(said).isEmpty();
        assertThat(Files.readAllBytes(got)).isEqualTo(page);
        assertThat(Files.readString(temporary.resolve("web.log")))
                .contains("198.51.100.")
                .doesNotContain("10.87.");
    }

    /** With sockets open, which end with it. */
    @Test
    void anEgressThatCrashedComesAgainAndServesNewConnections() throws Exception {
        Path cut = temporary.resolve("cut");
        Process download =
                slice.start(
                        "client",
                        temporary.resolve("cut.log"),
                        "curl",
                        "-sS",
                        "-m",
                        "20",
                        "--limit-rate",
                        "2M",
                        "-o",
                        cut.toString(),
                        url());
        await().until(() -> Files.exists(cut) && Files.size(cut) > 0);
        Node egress = Objects.requireNonNull(keeper.topology().node("c"));
        Cause why = new Cause(1, Long.MAX_VALUE);
        long before = sockets();
        keeper.worker().run(() -> keeper.nodes().crash(egress, why));
        assertThat(sockets()).as("none is left open").isLessThan(before);
        assertThat(keeper.worker().call(() -> keeper.nodes().start(egress, why))).isTrue();
        await().atMost(Duration.ofSeconds(20))
                .until(
                        () ->
                                slice.run("client", "ping", "-c", "1", "-W", "1", WEB)
                                        .contains(" 0% packet loss"));
        loadAPage();
        assertThat(download.waitFor()).as("a connection of the first life").isNotZero();
    }

    /** How many sockets the forwarder has. */
    private long sockets() throws Exception {
        long pid = Objects.requireNonNull(keeper.pids().get("forwarder"));
        try (Stream<Path> all = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return all.filter(SocketDoorSystemTest::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aPortThatNobodyHasIsRefused() throws Exception {
        assertThat(slice.run("client", "curl", "-sS", "-m", "5", "http://" + WEB + ":81/"))
                .contains("Failed to connect")
                .doesNotContain("timed out");
    }

    @Test
    void pingsComeBack() throws Exception {
        assertThat(slice.run("client", "ping", "-c", "3", "-i", "0.2", "-W", "2", WEB))
                .contains(" 0% packet loss");
    }

    @Test
    void nothingLeavesToWhereOnlyTheMachineIsAtHome() throws Exception {
        for (String closed : List.of("10.1.2.3", "198.51.100.2", "127.0.0.1", "169.254.1.1")) {
            assertThat(slice.run("client", "ping", "-I", "vini0", "-c", "1", "-W", "1", closed))
                    .as(closed)
                    .doesNotContain(" 0% packet loss");
        }
        assertThat(slice.run("client", "curl", "-sS", "-m", "5", "http://198.51.100.2/"))
                .contains("Failed to connect");
    }

    @Test
    void anEgressOfSocketsMakesNoDevice() throws Exception {
        assertThat(keeper.readForwarder("c/out.capacity")).startsWith("4096 1024");
        assertThat(keeper.readForwarder("c/out.class")).contains("SocketEgress");
    }
}
