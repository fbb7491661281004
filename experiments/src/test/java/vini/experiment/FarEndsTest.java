package vini.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import vini.experiment.analysis.Summary;

import java.nio.file.Path;
import java.util.List;

/** Links whose far ends are watched, in virtual time. */
class FarEndsTest {
    /** The short way from a to c is by b. */
    private static final String RING =
            """
            {"name": "far", "duration": "30s",
             "topology": {"name": "ring", "nodes": {"a": {}, "b": {}, "c": {}, "d": {}},
                 "links": [{"between": ["a", "b"], "delay": "10ms", "watch": "100ms"},
                           {"between": ["b", "c"], "delay": "10ms", "watch": "100ms"},
                           {"between": ["c", "d"], "delay": "10ms", "cost": 20},
                           {"between": ["d", "a"], "delay": "10ms", "cost": 20}],
                 "routing": {"hello": "5s", "dead": "10s"}},
             "probes": [{"name": "rtt", "ping": {"from": "a", "to": "c", "every": "50ms"}}],
             "events": [{"at": "10s", "for": "5s", "%s": {"node": "b"}}],
             "expect": []}
            """;

    @TempDir Path folder;

    @SuppressWarnings("NullAway.Init") // set by prepare
    private VirtualRuns runs;

    @BeforeEach
    void prepare() {
        runs = new VirtualRuns(folder);
    }

    private List<JsonNode> underlay(String out) throws Exception {
        return runs.lines(out, "events.jsonl").stream()
                .map(JsonMapper.shared()::readTree)
                .filter(row -> row.path("event").asString().equals("underlay"))
                .toList();
    }

    private void play(String event) throws Exception {
        Summary summary = runs.run(RING.formatted(event), event, 7);
        assertThat(summary.json().path("trustworthy").asBoolean()).isTrue();
        List<JsonNode> rows = underlay(event);
        assertThat(rows.stream().map(row -> row.path("words").asString()))
                .containsExactlyInAnyOrder(
                        "far end b silent: a-b",
                        "far end b silent: b-c",
                        "far ends heard: a-b",
                        "far ends heard: b-c");
        for (JsonNode row : rows) {
            boolean worse = row.path("turn").asString().equals("worse");
            assertThat(row.path("mode").asString()).isEqualTo("far end");
            assertThat(row.path("planned_s").asDouble())
                    .as("three intervals, one more at most to look, and what is on its way")
                    .isBetween(worse ? 10.3 : 15.0, worse ? 10.45 : 15.25);
        }
        JsonNode outage = VirtualRuns.probe(summary, "rtt").path("outages").path(0);
        assertThat(outage.path("duration_s").asDouble())
                .as("not the dead interval")
                .isBetween(0.3, 1.0);
        assertThat(runs.report(event)).contains("far end b silent: a-b");
    }

    @Test
    void aNodeThatCrashesIsMissedInThreeIntervals() throws Exception {
        play("crash");
    }

    @Test
    void aNodeThatStandsStillIsMissedInThreeIntervals() throws Exception {
        play("freeze");
    }

    @Test
    void whatIsNotWatchedIsMissedAfterTheDeadInterval() throws Exception {
        Summary summary =
                runs.run(RING.formatted("crash").replace(", \"watch\": \"100ms\"", ""), "plain", 7);
        assertThat(underlay("plain")).isEmpty();
        JsonNode outage = VirtualRuns.probe(summary, "rtt").path("outages").path(0);
        assertThat(outage.path("duration_s").asDouble()).isGreaterThan(4);
    }

    @Test
    void allProcessesThatComeAgainHearEachOtherAndNothingIsSaid() throws Exception {
        String text =
                RING.formatted("crash")
                        .replace(
                                "{\"at\": \"10s\", \"for\": \"5s\", \"crash\": {\"node\": \"b\"}}",
                                "{\"at\": \"10s\", \"kill\": {\"process\": \"forwarder\"}},"
                                        + "{\"at\": \"15s\", \"for\": \"2s\","
                                        + " \"freeze\": {\"process\": \"forwarder\"}}");
        runs.run(text, "both", 7);
        assertThat(runs.lines("both", "events.jsonl")).hasSizeGreaterThanOrEqualTo(3);
        assertThat(underlay("both")).isEmpty();
    }
}
