package vini.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import vini.forwarder.control.ControlClient;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What an underlay does to tunnels whose carriers all stay: far ends die, hang, cannot be reached.
 */
@Timeout(180)
class FarEndsSystemTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String EXPERIMENT =
            """
            {"name": "far", "duration": "8s",
             "topology": {"name": "far", "nodes": {"a": {}, "b": {}, "c": {}},
                 "links": [{"between": ["a", "b"], "watch": "100ms"},
                           {"between": ["b", "c"], "watch": "100ms"},
                           {"between": ["c", "a"]}],
                 "routing": {"hello": "10s", "dead": "40s"}, "hosts": "builtin", "tunnels": "udp"},
             "probes": [{"name": "rtt", "ping": {"from": "a", "to": "c", "every": "50ms"}}],
             "events": [{"at": "5s", "for": "1500ms", "crash": {"node": "b"}}]}
            """;

    @TempDir Path folder;

    @SuppressWarnings("NullAway.Init") // set by prepare
    private NamespaceLab lab;

    @BeforeEach
    void prepare() {
        lab = new NamespaceLab(folder);
    }

    @AfterEach
    void end() throws Exception {
        lab.end();
        ViniProcess.assertNothingIsLeft(folder);
    }

    /** A forwarder with one end of a tunnel. */
    private ViniProcess forwarder(String here, String local, String remote) throws Exception {
        Files.deleteIfExists(socket(here));
        String text =
                "Idle -> t :: UdpTunnel(%s:4001, %s:4001, WATCH 50ms) -> Discard;"
                        .formatted(local, remote);
        ViniProcess process =
                lab.start(
                        here,
                        ViniProcess.command("click", "-u", socket(here).toString(), "-e", text));
        await().atMost(PATIENCE).until(() -> Files.exists(socket(here)));
        return process;
    }

    private Path socket(String name) {
        return folder.resolve(name + ".sock");
    }

    private void awaitFarEnd(String of, String state) {
        await().atMost(PATIENCE)
                .until(
                        () -> {
                            try (ControlClient client = ControlClient.connect(socket(of))) {
                                return client.read("t.far_end");
                            }
                        },
                        state::equals);
    }

    private void forwarding(int on) throws Exception {
        lab.said("way", "sh", "-c", "echo " + on + " > /proc/sys/net/ipv4/ip_forward");
    }

    @Test
    void aFarEndThatHangsDiesOrCannotBeReachedIsSilent() throws Exception {
        for (String name : List.of("a", "way", "b")) {
            lab.namespace(name);
        }
        lab.wire("a", "e0", "way", "eth0");
        lab.wire("b", "e0", "way", "eth1");
        lab.ip("a", "addr add 10.1.1.1/24 dev e0");
        lab.ip("b", "addr add 10.1.2.1/24 dev e0");
        lab.ip("way", "addr add 10.1.1.254/24 dev eth0");
        lab.ip("way", "addr add 10.1.2.254/24 dev eth1");
        lab.ip("a", "route add default via 10.1.1.254");
        lab.ip("b", "route add default via 10.1.2.254");
        forwarding(1);
        ViniProcess a = forwarder("a", "10.1.1.1", "10.1.2.1");
        awaitFarEnd("a", "silent");
        ViniProcess b = forwarder("b", "10.1.2.1", "10.1.1.1");
        awaitFarEnd("a", "heard");
        awaitFarEnd("b", "heard");

        b.signal("STOP");
        awaitFarEnd("a", "silent");
        b.signal("CONT");
        awaitFarEnd("a", "heard");
        awaitFarEnd("b", "heard");

        forwarding(0);
        awaitFarEnd("a", "silent");
        awaitFarEnd("b", "silent");
        forwarding(1);
        awaitFarEnd("a", "heard");
        awaitFarEnd("b", "heard");

        b.signal("KILL");
        b.end();
        awaitFarEnd("a", "silent");
        forwarder("b", "10.1.2.1", "10.1.1.1");
        awaitFarEnd("a", "heard");
        assertThat(a.isAlive()).isTrue();
    }

    private List<String> underlay() throws Exception {
        return Files.readAllLines(folder.resolve("r/events.jsonl")).stream()
                .map(JsonMapper.shared()::readTree)
                .filter(row -> row.path("event").asString().equals("underlay"))
                .map(FarEndsSystemTest::words)
                .toList();
    }

    private static String words(JsonNode row) {
        return row.path("turn").asString() + " " + row.path("words").asString();
    }

    /** A slice with a loopback of its own, by which all of its tunnels go; then it is set down. */
    @Test
    void aBlackHoleInTheUnderlayAndANodeThatCrashesAreInTheRecordOfARun() throws Exception {
        lab.namespace("lab");
        Files.writeString(folder.resolve("far.json"), EXPERIMENT);
        ViniProcess run = lab.start("lab", ViniProcess.command("run", "far.json", "--out", "r"));
        await().atMost(PATIENCE).until(() -> run.out().contains("routers full"));
        Thread.sleep(1000);
        lab.ip("lab", "link set lo down");
        for (String link : List.of("a-b", "b-c")) {
            await().atMost(PATIENCE).until(() -> run.out().contains("silent: " + link));
        }
        assertThat(ViniProcess.run(folder, "ls", "far").out()).contains("underlay", "far end");
        lab.ip("lab", "link set lo up");
        for (String link : List.of("a-b", "b-c")) {
            await().atMost(PATIENCE).until(() -> run.out().contains("heard: " + link));
        }
        ViniProcess.Result result = run.end();
        assertThat(result.status()).as("%s", result).isZero();
        // First both at once, by either end; then those of the crashed node.
        assertThat(underlay()).hasSize(8);
        assertThat(underlay())
                .filteredOn(row -> row.matches("worse far end .* silent: a-b"))
                .hasSize(2);
        assertThat(underlay()).filteredOn("better far ends heard: b-c"::equals).hasSize(2);
        assertThat(underlay().subList(4, 8))
                .containsExactlyInAnyOrder(
                        "worse far end b silent: a-b",
                        "worse far end b silent: b-c",
                        "better far ends heard: a-b",
                        "better far ends heard: b-c");
        assertThat(Files.readString(folder.resolve("r/report.html")))
                .contains("far end b silent: b-c");
    }
}
