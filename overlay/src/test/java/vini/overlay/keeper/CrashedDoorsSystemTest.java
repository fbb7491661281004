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
import java.util.Objects;

/** Nodes at which a user enters, and packets leave, crash and come again with no memory. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class CrashedDoorsSystemTest {
    private static final String TOPOLOGY =
            """
            { "name": "crashed-doors",
              "nodes": { "a": {"ingress": true}, "b": {}, "c": {"egress": true} },
              "links": [
                {"between": ["a", "b"], "delay": "1ms"}, {"between": ["b", "c"], "delay": "1ms"} ],
              "routing": {"protocol": "ospf", "hello": "1s", "dead": "3s"} }
            """;

    private static final Cause WHY = new Cause(1, Long.MAX_VALUE);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String WEB = OutsideSlice.WEB;

    @TempDir static Path temporary;

    @SuppressWarnings("NullAway.Init") // set by start
    private OutsideSlice slice;

    @BeforeAll
    void start() throws Exception {
        slice = new OutsideSlice(TOPOLOGY, temporary);
    }

    @AfterAll
    void end() throws Exception {
        if (slice != null) {
            slice.close();
        }
    }

    private boolean isThere() throws IOException, InterruptedException {
        return slice.run("client", "ping", "-c", "1", "-W", "1", WEB).contains(" 0% packet loss");
    }

    private void awaitWay() {
        await().atMost(PATIENCE).until(this::isThere);
    }

    private void crash(String name) throws Exception {
        Node node = Objects.requireNonNull(slice.keeper.topology().node(name));
        slice.keeper.worker().run(() -> slice.keeper.nodes().crash(node, WHY));
    }

    private void startAgain(String name) throws Exception {
        Node node = Objects.requireNonNull(slice.keeper.topology().node(name));
        boolean comes = slice.keeper.worker().call(() -> slice.keeper.nodes().start(node, WHY));
        assertThat(comes).isTrue();
    }

    @Test
    void anIngressThatComesAgainSpeaksToItsUsersFirst() throws Exception {
        awaitWay();
        crash("a");
        assertThat(isThere()).isFalse();
        // The routers have missed it.
        await().atMost(PATIENCE)
                .until(() -> !slice.keeper.readForwarder("c/fib.table").contains("10.87.0.0"));
        startAgain("a");
        long began = System.nanoTime();
        awaitWay();
        assertThat((System.nanoTime() - began) / 1e9)
                .as("a client by itself would try again after fifteen seconds")
                .isLessThan(12);
        assertThat(slice.keeper.readForwarder("c/fib.table")).contains("10.87.0.0");
    }

    @Test
    void anEgressThatComesAgainLetsNewConnectionsOut() throws Exception {
        awaitWay();
        Path web = Files.createDirectories(temporary.resolve("web"));
        Files.writeString(web.resolve("page"), "hello from outside\n");
        Process server =
                slice.start(
                        "web",
                        temporary.resolve("web.log"),
                        "python3",
                        "-m",
                        "http.server",
                        "80",
                        "-d",
                        web.toString());
        try {
            awaitPage();
            crash("c");
            assertThat(isThere()).isFalse();
            startAgain("c");
            awaitPage();
            awaitWay();
        } finally {
            server.destroy();
            server.waitFor();
        }
        assertThat(slice.keeper.readForwarder("books"))
                .as("what was sent to it meanwhile")
                .contains("b drop tunnel_c noPeer");
    }

    private void awaitPage() {
        await().atMost(PATIENCE)
                .until(
                        () ->
                                slice.run(
                                                "client",
                                                "curl",
                                                "-sS",
                                                "-m",
                                                "3",
                                                "http://" + WEB + "/page")
                                        .equals("hello from outside\n"));
    }

    /** Both at once, and the forwarder dies while they are down. */
    @Test
    void doorsOfCrashedNodesStayShutInANewForwarderAndOpenThen() throws Exception {
        awaitWay();
        crash("a");
        crash("c");
        long old = Objects.requireNonNull(slice.keeper.pids().get("forwarder"));
        ProcessHandle.of(old).orElseThrow().destroyForcibly();
        await().atMost(PATIENCE)
                .until(
                        () -> {
                            long now = Objects.requireNonNull(slice.keeper.pids().get("forwarder"));
                            return now > 0 && now != old;
                        });
        await().atMost(PATIENCE).until(() -> "a\nc\n".equals(down()));
        startAgain("c");
        startAgain("a");
        awaitWay();
    }

    private String down() {
        try {
            return slice.keeper.readForwarder("down");
        } catch (IOException e) {
            return "away";
        }
    }
}
