package vini.experiment.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import vini.experiment.VirtualRuns;
import vini.experiment.analysis.Summary;

import java.nio.file.Path;

class UdpProbeTest {
    /** A bottleneck of 4 Mb/s behind 10 ms: from 6 s on, 5 Mb/s want to go through it. */
    private static final String BOTTLENECK =
            """
            {"name": "bottleneck", "duration": "12s",
             "topology": {
               "name": "line",
               "nodes": {"a": {}, "b": {}, "c": {}},
               "links": [{"between": ["a", "b"], "delay": "5ms"},
                         {"between": ["b", "c"], "delay": "5ms", "rate": "10Mbps"}]},
             "probes": [
               {"name": "flow", "udp": {"from": "a", "to": "c", "rate": "5Mbps", "size": "972B"}},
               {"name": "short",
                "udp": {"from": "c", "to": "a", "pps": 10, "at": "1s", "until": "3s"}}],
             "events": [
               {"at": "6s", "set": {"link": ["b", "c"], "rate": "4Mbps", "queue": 50}}],
             "expect": [
               {"that": "probes.flow.phases[0].lost", "equals": 0},
               {"that": "probes.flow.phases[1].delay_ms.max", "below": 120},
               {"that": "probes.short.sent", "equals": 20}]}
            """;

    @TempDir Path folder;

    @Test
    void saysWhatABottleneckDoesToAFlow() throws Exception {
        VirtualRuns lab = new VirtualRuns(folder);
        Summary summary = lab.run(BOTTLENECK, "run", 3);
        assertThat(summary.json().path("crash").asString("")).isEmpty();
        assertThat(summary.json().path("verdict").asString()).isEqualTo("passed");
        assertThat(summary.trustworthy()).isTrue();
        JsonNode flow = VirtualRuns.probe(summary, "flow");
        // 5 Mb/s in packets of 1,000 bytes are 625 a second.
        assertThat(flow.path("sent").asInt()).isEqualTo(7500);
        assertThat(flow.path("skipped").asInt()).isZero();
        assertThat(flow.path("late_ms_max").asInt()).isZero();
        JsonNode before = flow.path("phases").path(0);
        // 10 ms of links, and 0.8 ms for 1,000 bytes at 10 Mb/s.
        assertThat(before.path("delay_ms").path("min").asDouble()).isEqualTo(10.8);
        assertThat(before.path("delay_ms").path("median").asDouble()).isBetween(10.8, 10.82);
        assertThat(before.path("jitter_ms").asDouble()).isLessThan(0.01);
        assertThat(before.path("mbps").asDouble()).isEqualTo(5);
        JsonNode after = flow.path("phases").path(1);
        assertThat(after.path("mbps").asDouble()).isBetween(3.9, 4.1);
        // A full queue of 50 packets takes 2 ms each.
        assertThat(after.path("delay_ms").path("p95").asDouble()).isBetween(105.0, 114.0);
        assertThat(after.path("loss_percent").asDouble()).isBetween(14.0, 20.0);
        assertThat(after.path("reordered").asInt()).isZero();
        assertThat(VirtualRuns.probe(summary, "short").path("received").asInt()).isEqualTo(20);
        assertThat(lab.lines("run", "flow.csv")).hasSize(121);
        assertThat(lab.report("run"))
                .contains("one-way delay (ms)", "datagrams from a to c")
                .doesNotContain("NaN");
    }

    /** The receiver says what it got a second later; what it took along is unknown, not lost. */
    @Test
    void aReceiverThatDiesHasLostNothing() throws Exception {
        Summary summary =
                new VirtualRuns(folder)
                        .run(
                                """
                                {"name": "crash", "duration": "8s",
                                 "topology": {"name": "pair", "nodes": {"a": {}, "b": {}},
                                              "links": [{"between": ["a", "b"]}]},
                                 "probes": [
                                   {"name": "flow", "udp": {"from": "a", "to": "b", "pps": 100}}],
                                 "events": [{"at": "5s", "crash": {"node": "b"}}]}
                                """,
                                "run",
                                3);
        JsonNode flow = VirtualRuns.probe(summary, "flow");
        assertThat(flow.path("lost").asInt()).isZero();
        assertThat(flow.path("outages")).isEmpty();
        assertThat(flow.path("sent").asInt()).isBetween(350, 500);
    }
}
