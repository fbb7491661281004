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
import vini.overlay.world.FailureMode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A user outside with a stock client, a web server outside, and nothing but the slice between them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class DoorsSystemTest {
    private static final String TOPOLOGY =
            """
            { "name": "doors-test",
              "nodes": {
                "a": {"ingress": true}, "b": {"ingress": {"backs": "a"}},
                "c": {"egress": true} },
              "links": [
                {"between": ["a", "b"], "delay": "1ms"},
                {"between": ["b", "c"], "delay": "1ms"},
                {"between": ["c", "a"], "cost": 5, "delay": "2ms"} ],
              "routing": {"protocol": "ospf", "hello": "1s", "dead": "2s"} }
            """;

    private static final String WEB = OutsideSlice.WEB;

    @TempDir static Path temporary;

    @SuppressWarnings("NullAway.Init") // set by start
    private OutsideSlice slice;

    @SuppressWarnings("NullAway.Init") // set by start
    private Keeper keeper;

    @BeforeAll
    void start() throws Exception {
        slice = new OutsideSlice(TOPOLOGY, temporary);
        keeper = slice.keeper;
    }

    @AfterAll
    void end() throws Exception {
        if (slice != null) {
            slice.close();
        }
    }

    private void awaitWay() {
        await().atMost(Duration.ofSeconds(20)).until(this::isThere);
    }

    private boolean isThere() throws IOException, InterruptedException {
        return slice.run("client", "ping", "-c", "1", "-W", "1", WEB).contains(" 0% packet loss");
    }

    private Node node(String name) {
        return Objects.requireNonNull(keeper.topology().node(name));
    }

    @Test
    void aUserFetchesAPageAndTheServerSeesTheEgress() throws Exception {
        awaitWay();
        Path web = Files.createDirectories(temporary.resolve("web"));
        Files.writeString(web.resolve("page"), "hello from outside\n");
        Path log = temporary.resolve("web.log");
        Process server =
                slice.start("web", log, "python3", "-m", "http.server", "80", "-d", web.toString());
        try {
            await().until(
                            () ->
                                    slice.run("client", "curl", "-sS", "http://" + WEB + "/page")
                                            .equals("hello from outside\n"));
        } finally {
            server.destroy();
            server.waitFor();
        }
        assertThat(Files.readString(log)).contains("198.18.").contains("GET /page");
        assertThat(Files.readString(log)).doesNotContain("10.87.");
    }

    @Test
    void whenItsIngressDiesAUserEntersAtTheNodeThatBacksIt() throws Exception {
        awaitWay();
        assertThat(way()).doesNotContain("b");
        keeper.links().fail(node("a"), FailureMode.SILENT, Cause.OPERATOR);
        long began = System.nanoTime();
        await().atMost(Duration.ofSeconds(5)).until(this::isThere);
        assertThat(System.nanoTime() - began).isLessThan(5_000_000_000L);
        keeper.links().restore(node("a"), Cause.OPERATOR);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> keeper.readForwarder("b/users.active").strip().equals("false"));
        awaitWay();
    }

    @Test
    void whenItsIngressCrashesAUserEntersAtTheNodeThatBacksItAndGoesHomeWhenItComesAgain()
            throws Exception {
        awaitWay();
        Cause why = new Cause(1, Long.MAX_VALUE);
        keeper.worker().run(() -> keeper.nodes().crash(node("a"), why));
        await().atMost(Duration.ofSeconds(10)).until(this::isThere);
        assertThat(keeper.readForwarder("b/users.active").strip()).isEqualTo("true");
        assertThat(keeper.worker().call(() -> keeper.nodes().start(node("a"), why))).isTrue();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> keeper.readForwarder("b/users.active").strip().equals("false"));
        await().atMost(Duration.ofSeconds(10)).until(this::isThere);
        assertThat(keeper.readForwarder("a/users.active").strip()).isEqualTo("true");
    }

    private String way() throws IOException {
        return keeper.readForwarder("a/fib.lookup", WEB);
    }

    @Test
    void aForwarderThatIsStartedAgainSpeaksToItsUsersFirst() throws Exception {
        awaitWay();
        keeper.worker().run(() -> keeper.users().listen());
        ProcessHandle.of(Objects.requireNonNull(keeper.pids().get("forwarder")))
                .orElseThrow()
                .destroyForcibly();
        // A client by itself would try again after fifteen seconds.
        await().atMost(Duration.ofSeconds(10)).until(this::isThere);
    }

    @Test
    void nothingLeavesToWhereOnlyTheMachineIsAtHome() throws Exception {
        awaitWay();
        for (String closed : List.of("10.1.2.3", "198.51.100.2", "169.254.1.1", "100.64.0.1")) {
            assertThat(slice.run("client", "ping", "-c", "1", "-W", "1", closed))
                    .as(closed)
                    .contains("Packet filtered");
        }
    }

    @Test
    void whoSendsFromAnAddressOfOthersIsNotHeard() throws Exception {
        awaitWay();
        slice.run("client", "ip", "address", "add", "10.87.0.99/32", "dev", "lo");
        assertThat(slice.run("client", "ping", "-c", "1", "-W", "1", "-I", "10.87.0.99", WEB))
                .contains("100% packet loss");
        assertThat(keeper.readForwarder("books")).contains("spoofed");
    }
}
