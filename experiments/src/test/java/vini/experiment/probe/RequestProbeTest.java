package vini.experiment.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import vini.experiment.VirtualRuns;
import vini.experiment.analysis.Summary;

import java.nio.file.Path;

class RequestProbeTest {
    private static final String LINE =
            """
            {"name": "line", "duration": "12s",
             "topology": {
               "name": "line",
               "nodes": {"a": {}, "b": {}},
               "links": [{"between": ["a", "b"], "delay": "20ms"}],
               "routing": {"hello": "5s", "dead": "20s"}},
             "probes": [
               {"name": "new", "request": {"from": "a", "to": "b", "response": "1000B",
                                           "every": "100ms", "timeout": "500ms"}},
               {"name": "kept", "request": {"from": "b", "to": "a", "response": "1000B",
                                            "concurrency": 2, "keep": true}}],
             "events": [
               {"at": "4s", "fail": {"link": ["a", "b"], "mode": "silent"}},
               {"at": "6s", "restore": {"link": ["a", "b"]}}],
             "expect": [
               {"that": "probes.new.phases[0].time_ms.median", "equals": 80},
               {"that": "probes.new.phases[0].path", "equals": ["a", "b"]},
               {"that": "probes.kept.phases[0].time_ms.median", "equals": 40},
               {"that": "probes.new.failures.no_connection_in_time", "above": 10}]}
            """;

    @TempDir Path folder;

    @Test
    void requestsFailWhileTheLinkIsSilent() throws Exception {
        VirtualRuns lab = new VirtualRuns(folder);
        Summary summary = lab.run(LINE, "run", 3);
        assertThat(summary.json().path("expectations").toString()).doesNotContain("false");
        assertThat(summary.trustworthy()).isTrue();
        JsonNode fresh = VirtualRuns.probe(summary, "new");
        assertThat(fresh.path("sent").asInt()).isEqualTo(120);
        assertThat(fresh.path("phases").path(0).path("failed").asInt()).isLessThanOrEqualTo(1);
        assertThat(fresh.path("phases").path(1).path("answered").asInt()).isLessThanOrEqualTo(5);
        assertThat(fresh.path("phases").path(2).path("failed").asInt()).isZero();
        // Two at a time, 40 ms each.
        assertThat(
                        VirtualRuns.probe(summary, "kept")
                                .path("phases")
                                .path(0)
                                .path("per_s")
                                .asDouble())
                .isBetween(48.0, 50.1);
        assertThat(lab.report("run"))
                .contains("response time (ms)", "no connection in time", "requests from a to b")
                .doesNotContain("NaN");
    }
}
