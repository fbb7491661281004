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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Experiments by the real command; hosts are kernel hosts where the machine allows them. */
@Timeout(180)
class RunSystemTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String TRIANGLE =
            """
            {"name": "triangle", "nodes": {"a": {}, "b": {}, "c": {}},
             "links": [{"between": ["a", "b"], "delay": "5ms"},
                       {"between": ["b", "c"], "delay": "10ms"},
                       {"between": ["c", "a"], "delay": "10ms"}],
             "routing": {"protocol": "ospf", "hello": "1s", "dead": "2s"}, "tunnels": "udp"}
            """;

    private static final String FAILURE =
            """
            {"name": "short", "topology": "triangle.json", "duration": "6s",
             "probes": [{"name": "rtt", "ping": {"from": "a", "to": "b", "every": "20ms"}},
                        {"name": "bulk", "tcp": {"from": "a", "to": "b", "window": "16KB"}}],
             "events": [{"at": "2.5s", "fail": {"link": ["a", "b"], "mode": "down"}}],
             "expect": [{"that": "probes.rtt.phases[0].rtt_ms.median", "between": [10, 20]},
                        {"that": "probes.rtt.phases[0].path", "equals": ["a", "b"]},
                        {"that": "probes.rtt.phases[1].path", "equals": ["a", "c", "b"]},
                        {"that": "probes.rtt.phases[1].rtt_ms.median", "between": [40, 60]}]}
            """;

    private static final String LONG =
            """
            {"name": "long", "topology": "triangle.json", "duration": "60s",
             "probes": [{"name": "rtt", "ping": {"from": "a", "to": "b", "every": "20ms"}}]}
            """;

    private static final String RING =
            """
            {"name": "ring", "nodes": {"n1": {}, "n2": {}, "n3": {}, "n4": {}, "n5": {}, "n6": {}},
             "links": [{"between": ["n1", "n2"]}, {"between": ["n2", "n3"]},
                       {"between": ["n3", "n4"]}, {"between": ["n4", "n5"]},
                       {"between": ["n5", "n6"]}, {"between": ["n6", "n1"]}],
             "routing": {"protocol": "ospf", "hello": "1s", "dead": "2s"}}
            """;

    /** Two links fail at once, and the ring is in two; the last expectation is wrong. */
    private static final String TWO_FAILURES =
            """
            {"name": "ring-two", "topology": "ring.json", "duration": "7s",
             "probes": [{"name": "inside", "ping": {"from": "n1", "to": "n5", "every": "50ms"}},
                        {"name": "across", "ping": {"from": "n1", "to": "n3", "every": "50ms"}}],
             "events": [{"at": "3s", "fail": {"link": ["n1", "n2"]}},
                        {"at": "3s", "fail": {"link": ["n5", "n4"]}}],
             "expect": [{"that": "probes.inside.phases[1].path", "equals": ["n1", "n6", "n5"]},
                        {"that": "probes.across.phases[0].path", "equals": ["n1", "n2", "n3"]},
                        {"that": "probes.across.outages[0].from_s", "between": [2.9, 4]},
                        {"that": "probes.across.received", "equals": 1}]}
            """;

    @TempDir Path folder;
    private final List<ViniProcess> started = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("triangle.json"), TRIANGLE);
        Files.writeString(folder.resolve("short.json"), FAILURE);
        Files.writeString(folder.resolve("long.json"), LONG);
        Files.writeString(folder.resolve("ring.json"), RING);
        Files.writeString(folder.resolve("ring-two.json"), TWO_FAILURES);
    }

    @AfterEach
    void killWhatIsLeft() throws Exception {
        for (ViniProcess process : started) {
            if (process.isAlive()) {
                process.signal("KILL");
            }
        }
        ViniProcess.run(folder, "down", "--all");
        ViniProcess.assertNothingIsLeft(folder);
    }

    private ViniProcess start(String... arguments) throws IOException {
        ViniProcess process = ViniProcess.start(folder, arguments);
        started.add(process);
        return process;
    }

    private JsonNode summary(String run) throws IOException {
        return JSON.readTree(Files.readString(folder.resolve(run).resolve("summary.json")));
    }

    /** Two at once, with the same name, addresses and links, do not meet either. */
    @Test
    void aLinkFailsAndTheNetworkHealsWithEitherKindOfHosts() throws Exception {
        ViniProcess kernel = start("run", "short.json", "--out", "k", "--hosts", "auto");
        ViniProcess builtin = start("run", "short.json", "--out", "b", "--hosts", "builtin");
        for (ViniProcess run : List.of(kernel, builtin)) {
            ViniProcess.Result result = run.end();
            assertThat(result.status()).as("%s", result).isZero();
            assertThat(result.err()).isEmpty();
        }
        for (String run : List.of("k", "b")) {
            JsonNode summary = summary(run);
            assertThat(summary.path("verdict").asString()).isEqualTo("passed");
            assertThat(summary.path("world").asString()).isEqualTo("live");
            assertThat(summary.path("tunnels").asString()).isEqualTo("udp");
            assertThat(summary.path("startup_s").asDouble()).isPositive();
            JsonNode rtt = summary.path("probes").path("rtt");
            assertThat(rtt.path("sent").asInt()).isBetween(280, 310);
            assertThat(rtt.path("received").asInt()).isBetween(150, rtt.path("sent").asInt());
            assertThat(rtt.path("phases")).hasSize(2);
            JsonNode bulk = summary.path("probes").path("bulk");
            assertThat(bulk.path("window_bytes").asInt()).isEqualTo(16384);
            assertThat(bulk.path("bytes").asLong()).isGreaterThan(1_000_000);
            assertThat(summary.path("packets").path("sent").asLong()).isGreaterThan(1000);
            assertThat(folder.resolve(run).resolve("report.html")).isNotEmptyFile();
        }
        assertThat(summary("b").path("hosts").asString()).isEqualTo("builtin");
        ViniProcess.assertNothingIsLeft(folder);
    }

    @Test
    void twoFailuresAtOnceAndAnExpectationThatDoesNotHold() throws Exception {
        ViniProcess.Result result = start("run", "ring-two.json", "--out", "r", "--quiet").end();
        assertThat(result.status()).as("%s", result).isEqualTo(1);
        JsonNode summary = summary("r");
        assertThat(summary.path("verdict").asString()).isEqualTo("failed");
        assertThat(summary.path("expectations").valueStream().map(e -> e.path("holds").asBoolean()))
                .as("%s", summary.toPrettyString())
                .containsExactly(true, true, true, false);
        ViniProcess.assertNothingIsLeft(folder);
    }

    /** Waits until the course of the run has begun. */
    private static void awaitCourse(ViniProcess run) {
        await().atMost(Duration.ofSeconds(60)).until(() -> run.out().contains("routers full"));
    }

    @Test
    void controlCKeepsWhatWasMeasured() throws Exception {
        ViniProcess run = start("run", "long.json", "--out", "i", "--hosts", "builtin");
        awaitCourse(run);
        Thread.sleep(1500);
        run.signal("INT");
        assertThat(run.end().status()).as(run.err()).isEqualTo(130);
        JsonNode summary = summary("i");
        assertThat(summary.path("verdict").asString()).isEqualTo("interrupted");
        assertThat(summary.path("probes").path("rtt").path("received").asInt()).isPositive();
        assertThat(folder.resolve("i/report.html")).isNotEmptyFile();
        ViniProcess.assertNothingIsLeft(folder);
    }

    @Test
    void aProcessThatCrashedIsInTheVerdict() throws Exception {
        Files.writeString(folder.resolve("long.json"), LONG.replace("\"60s\"", "\"5s\""));
        ViniProcess run = start("run", "long.json", "--out", "c");
        awaitCourse(run);
        Thread.sleep(1000);
        ViniProcess.signal(ViniProcess.theOne(folder, "ForwarderMain"), "KILL");
        assertThat(run.end().status()).as("%s %s", run.out(), run.err()).isEqualTo(4);
        assertThat(summary("c").path("verdict").asString()).isEqualTo("crashed");
        assertThat(run.out()).contains("the forwarder died with status 137");
        assertThat(folder.resolve("c/report.html")).isNotEmptyFile();
        ViniProcess.assertNothingIsLeft(folder);
    }

    /** The probes of builtin hosts live in the forwarder and end with it; the run does not. */
    @Test
    void aForwarderThatTakesTheProbesAlongIsSaidOnceAndTheFolderIsWhole() throws Exception {
        Files.writeString(folder.resolve("long.json"), LONG.replace("\"60s\"", "\"5s\""));
        ViniProcess run = start("run", "long.json", "--out", "e", "--hosts", "builtin");
        awaitCourse(run);
        Thread.sleep(1500);
        ViniProcess.signal(ViniProcess.theOne(folder, "ForwarderMain"), "KILL");
        ViniProcess.Result result = run.end();
        assertThat(result.status()).as("%s", result).isEqualTo(4);
        assertThat(result.out())
                .containsOnlyOnce("hosts: no more of rtt\n")
                .contains("the forwarder is back")
                .doesNotContain("is silent", "could not be stopped");
        JsonNode summary = summary("e");
        assertThat(summary.path("verdict").asString()).isEqualTo("crashed");
        assertThat(summary.path("crash").asString()).contains("the forwarder died", "rtt (at ");
        assertThat(summary.path("duration_s").asDouble()).isEqualTo(5);
        assertThat(summary.path("probes").path("rtt").path("received").asInt()).isPositive();
        assertThat(Files.readString(folder.resolve("e/report.html")))
                .contains("crashed", "the forwarder died with status 137");
        for (String file : List.of("rtt.csv", "events.jsonl", "routes.jsonl", "packets.json")) {
            assertThat(folder.resolve("e").resolve(file)).exists();
        }
        ViniProcess.assertNothingIsLeft(folder);
    }

    @Test
    void aKilledRunLeavesWhatItHasSeenAndNoProcess() throws Exception {
        ViniProcess run = start("run", "long.json", "--out", "d");
        awaitCourse(run);
        assertThat(ViniProcess.slicesProcesses(folder)).hasSize(2);
        Path rows = folder.resolve("d/rtt.csv");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Files.exists(rows) && Files.readAllLines(rows).size() > 100);
        run.signal("KILL");
        ViniProcess.assertNothingRuns(folder);
        assertThat(ViniProcess.run(folder, "report", "d").status()).isZero();
        JsonNode summary = summary("d");
        assertThat(summary.path("verdict").asString()).isEqualTo("interrupted");
        assertThat(summary.path("duration_s").asDouble()).isBetween(1.5, 30.0);
        JsonNode rtt = summary.path("probes").path("rtt");
        assertThat(rtt.path("received").asInt()).isGreaterThan(90);
        assertThat(rtt.path("phases").path(0).path("path")).hasSize(2);
        assertThat(Files.readAllLines(folder.resolve("d/books.csv"))).hasSizeGreaterThan(2);
        assertThat(summary.path("doubts").toString())
                .contains("the run's folder is not whole: packets.json: missing");
        assertThat(JSON.readTree(folder.resolve("d/environment.json").toFile()).path("flows"))
                .isNotEmpty();
        assertThat(ViniProcess.run(folder, "ls").out()).contains("triangle", "killed");
        assertThat(ViniProcess.run(folder, "down", "--all").status()).isZero();
        ViniProcess.assertNothingIsLeft(folder);
    }
}
