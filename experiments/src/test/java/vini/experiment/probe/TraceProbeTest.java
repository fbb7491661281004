package vini.experiment.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import vini.experiment.VirtualRuns;
import vini.experiment.analysis.Summary;

import java.nio.file.Path;

class TraceProbeTest {
    private static final String RING =
            """
            {"name": "ring", "duration": "30s",
             "topology": {
               "name": "ring",
               "nodes": {"a": {}, "b": {}, "c": {}, "d": {}},
               "links": [{"between": ["a", "b"], "delay": "5ms"},
                         {"between": ["b", "c"], "delay": "5ms"},
                         {"between": ["c", "d"], "delay": "5ms", "cost": 30},
                         {"between": ["d", "a"], "delay": "5ms"}],
               "routing": {"hello": "1s", "dead": "3s"}},
             "probes": [{"name": "way", "trace": {"from": "a", "to": "c", "every": "500ms"}}],
             "events": [
               {"at": "10s", "fail": {"link": ["b", "c"], "mode": "silent"}},
               {"at": "20s", "restore": {"link": ["b", "c"]}}],
             "expect": [
               {"that": "probes.way.phases[0].path", "equals": ["a", "b", "c"]},
               {"that": "probes.way.phases[1].path", "equals": ["a", "d", "c"]},
               {"that": "probes.way.phases[2].path", "equals": ["a", "b", "c"]},
               {"that": "probes.way.phases[0].disagreed", "equals": 0},
               {"that": "probes.way.disagreements[0].path", "equals": ["a", "b"]},
               {"that": "probes.way.disagreements[0].fib", "equals": ["a", "b", "c"]},
               {"that": "packets.loops", "equals": 0}]}
            """;

    @TempDir Path folder;

    @Test
    void seesWherePacketsEndWhenTheFibsDoNotKnowYet() throws Exception {
        VirtualRuns lab = new VirtualRuns(folder);
        Summary summary = lab.run(RING, "run", 3);
        assertThat(summary.json().path("expectations").toString()).doesNotContain("false");
        assertThat(summary.trustworthy()).isTrue();
        JsonNode way = VirtualRuns.probe(summary, "way");
        assertThat(way.path("rounds").asInt()).isEqualTo(60);
        // The dead interval of 3 s, in half seconds.
        assertThat(way.path("disagreed").asInt()).isBetween(3, 7);
        assertThat(way.path("disagreements")).hasSize(1);
        assertThat(lab.lines("run", "way.csv"))
                .hasSize(61)
                .contains("0.500000,true,a b c,10.0000 20.0000")
                .contains("10.500000,false,a b,10.0000");
        assertThat(lab.report("run")).contains("Paths traced", "a b …");
    }
}
