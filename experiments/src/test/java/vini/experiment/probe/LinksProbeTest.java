package vini.experiment.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import vini.experiment.VirtualRuns;
import vini.experiment.analysis.Summary;

import java.nio.file.Path;

class LinksProbeTest {
    /** From 4 s to 8 s, 10 Mb/s want to go through 4 Mb/s. */
    private static final String LINE =
            """
            {"name": "line", "duration": "10s",
             "topology": {
               "name": "line",
               "nodes": {"a": {}, "b": {}, "c": {}},
               "links": [{"between": ["a", "b"], "delay": "5ms"},
                         {"between": ["b", "c"], "delay": "5ms", "rate": "4Mbps", "queue": 20}]},
             "probes": [
               {"name": "flow", "udp": {"from": "a", "to": "c", "rate": "10Mbps", "size": "972B",
                                        "at": "4s", "until": "8s"}},
               {"name": "load", "links": {}},
               {"name": "one", "links": {"every": "1s", "links": [["c", "b"]]}}],
             "events": [
               {"at": "4s", "set": {"link": ["a", "b"], "loss": "0%"}},
               {"at": "8s", "set": {"link": ["a", "b"], "loss": "0%"}}],
             "expect": [
               {"that": "probes.load.links.b-c.utilisation_peak", "between": [0.99, 1.01]},
               {"that": "probes.load.phases[1].links.b-c.utilisation_mean", "above": 0.99},
               {"that": "probes.load.links.a-b.utilisation_mean", "equals": null},
               {"that": "probes.load.queue_max", "equals": 20},
               {"that": "probes.load.busiest", "equals": "b-c"}]}
            """;

    @TempDir Path folder;

    @Test
    void aFullLinkIsSeenToBeFullAndToDrop() throws Exception {
        VirtualRuns lab = new VirtualRuns(folder);
        Summary summary = lab.run(LINE, "run", 3);
        assertThat(summary.json().path("expectations").toString()).doesNotContain("false");
        assertThat(summary.trustworthy()).isTrue();
        JsonNode load = VirtualRuns.probe(summary, "load");
        JsonNode flow = VirtualRuns.probe(summary, "flow");
        assertThat(flow.path("sent").asInt()).isEqualTo(5000);
        // What the flow lacks is what the link dropped, but for the hellos among it.
        assertThat(load.path("dropped").asInt() - flow.path("lost").asInt()).isBetween(0, 5);
        JsonNode first = load.path("links").path("a-b");
        assertThat(first.path("bytes").asLong()).isBetween(5_000_000L, 5_020_000L);
        assertThat(first.path("mbps_peak").asDouble()).isBetween(9.9, 10.2);
        assertThat(load.path("phases").path(0).path("dropped").asInt()).isZero();
        assertThat(VirtualRuns.probe(summary, "one").path("links").propertyNames())
                .containsExactlyInAnyOrder("b-c", "c-b");
        assertThat(lab.lines("run", "load.csv"))
                .hasSizeGreaterThan(80)
                .anyMatch(
                        line ->
                                line.matches(
                                        "5\\.\\d+,0\\.100000,b,c,5[01],\\d+,\\d+,20,20,4000000"));
        assertThat(lab.report("run"))
                .contains("id=\"load\"", "id=\"load-queues\"", "share of the rate")
                .doesNotContain("NaN");
    }
}
