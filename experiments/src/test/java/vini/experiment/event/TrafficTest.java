package vini.experiment.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import vini.experiment.Director;
import vini.experiment.VirtualRuns;
import vini.experiment.analysis.Summary;
import vini.experiment.spec.TimedEvent;
import vini.experiment.spec.Timeline;
import vini.forwarder.io.VirtualEngine;
import vini.overlay.json.Rate;
import vini.overlay.topology.Generated;
import vini.overlay.topology.Topology;
import vini.overlay.world.VirtualWorld;
import vini.time.Seed;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class TrafficTest {
    private static final long SECOND = 1_000_000_000L;

    /** 12 Mb/s for 2 s, and then a TCP flow for 3 s, by the link of 10 Mb/s that a flow needs. */
    private static final String LINE =
            """
            {"name": "line", "duration": "14s",
             "topology": {
               "name": "line",
               "nodes": {"a": {}, "b": {}, "c": {}},
               "links": [{"between": ["a", "b"], "delay": "1ms"},
                         {"between": ["b", "c"], "delay": "5ms", "rate": "10Mbps", "queue": 30}]},
             "probes": [
               {"name": "flow", "udp": {"from": "a", "to": "c", "pps": 100, "size": "100B"}},
               {"name": "load", "links": {}}],
             "events": [
               {"at": "3s", "for": "2s", "traffic": {"from": "b", "to": "c", "rate": "12Mbps"}},
               {"at": "8s", "until": "11s", "traffic": {"from": "a", "to": "c", "tcp": true}}],
             "expect": [
               {"that": "probes.load.phases[0].links.b-c.utilisation_mean", "below": 0.02},
               {"that": "probes.load.phases[1].links.b-c.utilisation_mean", "above": 0.99},
               {"that": "probes.load.phases[2].links.b-c.utilisation_mean", "below": 0.05},
               {"that": "probes.load.phases[3].links.b-c.utilisation_mean", "above": 0.5},
               {"that": "probes.flow.phases[1].loss_percent", "above": 5},
               {"that": "probes.flow.phases[0].lost", "equals": 0},
               {"that": "probes.flow.phases[-1].lost", "at_most": 3}]}
            """;

    @TempDir Path folder;

    @Test
    void trafficOfOthersIsCongestionAndEndsAtItsEnd() throws Exception {
        VirtualRuns lab = new VirtualRuns(folder);
        Summary summary = lab.run(LINE, "run", 3);
        assertThat(summary.json().path("expectations").toString()).doesNotContain("false");
        assertThat(summary.trustworthy()).isTrue();
        JsonNode packets = summary.json().path("packets");
        assertThat(packets.path("dropped").path("linkQueueFull").asInt()).isGreaterThan(100);
        List<String> events = lab.lines("run", "events.jsonl");
        assertThat(events)
                .hasSize(4)
                .allMatch(line -> line.contains("\"event\":\"traffic\""))
                .anyMatch(line -> line.contains("traffic b to c 12Mbps"))
                .anyMatch(line -> line.contains("traffic a to c over"));
        lab.run(LINE, "again", 3);
        assertThat(lab.lines("again", "flow.csv")).isEqualTo(lab.lines("run", "flow.csv"));
    }

    @Test
    void happensAgainAndAgainWithoutEnd() throws Exception {
        String often =
                LINE.replaceAll("(?s)\"events\": \\[.*", "")
                        + """
                        "events": [{"at": "1s", "every": "100ms", "for": "50ms",
                                    "traffic": {"from": "b", "to": "c", "pps": 100}}]}
                        """;
        Summary summary = new VirtualRuns(folder).run(often, "run", 3);
        assertThat(summary.json().path("crash").asString("")).isEmpty();
        assertThat(summary.analysis().run().events()).hasSize(260);
    }

    /** As on a machine that stood still from before the beginning until after the end. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void mayBeginAfterItsEnd(boolean tcp) throws Exception {
        Topology topology = Generated.grid(2, 1, 1_000_000L);
        String a = topology.nodes().getFirst().name();
        String b = topology.nodes().getLast().name();
        Rate rate = tcp ? null : Rate.parse("12Mbps");
        List<String> heard = new ArrayList<>();
        Director.Listener listener =
                new Director.Listener() {
                    @Override
                    public void done(long plannedNanos, long issuedNanos, Deed deed) {
                        heard.add(deed.words());
                    }

                    @Override
                    public void failed(
                            long plannedNanos, long issuedNanos, Deed deed, IOException why) {
                        heard.add(why.getMessage());
                    }
                };
        try (VirtualEngine engine = new VirtualEngine()) {
            engine.call(
                    () -> {
                        try (VirtualWorld world = new VirtualWorld(topology, new Seed(3), engine)) {
                            world.clock().runFor(10 * SECOND);
                            Timeline timeline = new Timeline(topology, new Seed(3), 0, 9 * SECOND);
                            Traffic traffic = new Traffic(a, b, rate, null, null, tcp);
                            timeline.add(
                                    new TimedEvent(
                                            Duration.ofSeconds(1),
                                            Duration.ofSeconds(1),
                                            null,
                                            null,
                                            null,
                                            null,
                                            traffic));
                            assertThat(new Director(world, timeline.acts(), 0, listener).isOver())
                                    .isTrue();
                            world.clock().runFor(SECOND);
                            return "";
                        }
                    });
        }
        assertThat(heard).hasSize(2).last().isEqualTo("traffic " + a + " to " + b + " over");
        assertThat(heard.getFirst()).startsWith("traffic " + a + " to " + b);
    }

    @Test
    void refusesTrafficThatIsNone() {
        Rate rate = Rate.parse("1Mbps");
        assertThatThrownBy(() -> new Traffic("a", "a", rate, null, null, false))
                .hasMessageContaining("name another");
        assertThatThrownBy(() -> new Traffic("a", "b", null, null, null, false))
                .hasMessageContaining("give one of");
        assertThatThrownBy(() -> new Traffic("a", "b", rate, null, null, true))
                .hasMessageContaining("finds its own rate");
    }
}
