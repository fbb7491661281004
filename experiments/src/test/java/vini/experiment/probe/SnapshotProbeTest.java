package vini.experiment.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import vini.experiment.VirtualRuns;
import vini.experiment.analysis.Summary;

import java.nio.file.Path;
import java.util.List;

class SnapshotProbeTest {
    /** At 5 s the short way fails, at 12 s a node crashes. */
    private static final String TRIANGLE =
            """
            {"name": "triangle", "duration": "16s",
             "topology": {
               "name": "triangle",
               "nodes": {"a": {}, "b": {}, "c": {}, "d": {}},
               "links": [{"between": ["a", "b"], "delay": "2ms"},
                         {"between": ["b", "c"], "delay": "2ms"},
                         {"between": ["a", "c"], "delay": "2ms"},
                         {"between": ["c", "d"], "delay": "2ms"}],
               "routing": {"hello": "1s", "dead": "3s"}},
             "probes": [
               {"name": "fibs", "fib": {"at": ["5s", "10s", "13s"]}},
               {"name": "of-a", "fib": {"every": "2s", "nodes": ["a"]}},
               {"name": "peers", "neighbors": {"at": ["16s", "5s", "7s", "10s"]}}],
             "events": [
               {"at": "5s", "fail": {"link": ["a", "b"], "mode": "silent"}},
               {"at": "12s", "crash": {"node": "d"}}],
             "expect": [
               {"that": "probes.fibs.snapshots[0].next.a.b", "equals": ["b"]},
               {"that": "probes.fibs.snapshots[1].next.a.b", "equals": ["c"]},
               {"that": "probes.fibs.snapshots[1].next.b.a[0]", "equals": "c"},
               {"that": "probes.fibs.snapshots[0].next.a.a", "equals": []},
               {"that": "probes.fibs.snapshots[2].next.d.a", "equals": null},
               {"that": "probes.fibs.snapshots[1].changed", "at_least": 2},
               {"that": "probes.fibs.snapshots[2].away", "equals": 1},
               {"that": "probes.of-a.snapshots[-1].next.a.b", "equals": ["c"]},
               {"that": "probes.peers.snapshots[0].full", "equals": 8},
               {"that": "probes.peers.snapshots[2].state.a.b", "equals": null},
               {"that": "probes.peers.snapshots[2].full", "equals": 6},
               {"that": "probes.peers.snapshots[3].state.a.c", "equals": "FULL"}]}
            """;

    @TempDir Path folder;

    @Test
    void whatStandsInTablesIsSeenAndWhatChanged() throws Exception {
        VirtualRuns lab = new VirtualRuns(folder);
        Summary summary = lab.run(TRIANGLE, "run", 3);
        assertThat(summary.json().path("expectations").toString()).doesNotContain("false");
        assertThat(summary.trustworthy()).isTrue();
        assertThat(VirtualRuns.probe(summary, "of-a").path("snapshots")).hasSize(9);
        // One that is taken when something happens is taken just before.
        List<String> fibs = lab.lines("run", "fibs.csv");
        assertThat(fibs.getFirst()).isEqualTo("t_s,node,prefix,next");
        assertThat(fibs)
                .contains(
                        "5.000000,a,10.77.0.1/32,",
                        "5.000000,a,10.77.0.2/32,b",
                        "10.000000,a,10.77.0.2/32,c",
                        "13.000000,d,,");
        assertThat(lab.lines("run", "peers.csv"))
                .anyMatch(
                        line ->
                                line.matches(
                                        "5\\.000000,a,b,10\\.77\\.128\\.2,10\\.77\\.0\\.2,FULL,"
                                                + "[0-9.]+,[23]\\.[0-9]+,0"))
                .contains("16.000000,d,,,,,,,");
        JsonNode peers = VirtualRuns.probe(summary, "peers").path("snapshots");
        assertThat(peers.path(0).path("t_s").asDouble()).isEqualTo(5);
        assertThat(peers.path(0).path("changed").isNull()).isTrue();
        assertThat(peers.path(2).path("changed").asInt()).isEqualTo(2);
        assertThat(lab.report("run"))
                .contains(
                        "<h2>Snapshots</h2>",
                        "b: b → c",
                        "b: FULL → none",
                        "not to be asked: d",
                        "All entries are in fibs.csv");
    }

    @Test
    void aWrongMomentOrNodeIsFoundBeforeTheRun() {
        VirtualRuns lab = new VirtualRuns(folder);
        assertThat(mistakes(lab, TRIANGLE.replace("\"13s\"", "\"17s\"")))
                .contains("\"17s\" is after the end of the run");
        assertThat(mistakes(lab, TRIANGLE.replace("[\"a\"]", "[\"x\"]"))).contains("no node \"x\"");
        assertThat(mistakes(lab, TRIANGLE.replace("\"every\": \"2s\", ", "")))
                .contains("a fib needs one of \"at\", \"every\"");
    }

    private static String mistakes(VirtualRuns lab, String text) {
        try {
            lab.run(text, "wrong", 1);
            return "none";
        } catch (Exception e) {
            return String.valueOf(e.getMessage());
        }
    }
}
