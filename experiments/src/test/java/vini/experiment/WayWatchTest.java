package vini.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vini.experiment.analysis.Outage;
import vini.experiment.analysis.Walk;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is told of a ping's way while a run goes on. */
class WayWatchTest {
    /** By b an echo takes 40 ms, by d 80 ms: some are on their way when the way changes. */
    private static final String RING =
            """
            {"name": "ring", "duration": "20s",
             "topology": {
               "name": "ring",
               "nodes": {"a": {}, "b": {}, "c": {}, "d": {}},
               "links": [{"between": ["a", "b"], "delay": "10ms"},
                         {"between": ["b", "c"], "delay": "10ms"},
                         {"between": ["c", "d"], "delay": "20ms", "cost": 30},
                         {"between": ["d", "a"], "delay": "20ms"}],
               "routing": {"hello": "1s", "dead": "3s"}},
             "probes": [{"name": "rtt", "ping": {"from": "a", "to": "c", "every": "5ms"}}],
             "events": [
               {"at": "5s", "set": {"link": ["a", "b"], "cost": 500}},
               {"at": "11s", "set": {"link": ["a", "b"], "cost": 10}},
               {"at": "14s", "fail": {"link": ["b", "c"], "mode": "silent"}}]}
            """;

    @TempDir Path folder;

    private record Told(double atS, String way, double rttMs, boolean outage) {}

    @Test
    void aWayIsToldOnceWithTheRoundTripThatItTakes() throws Exception {
        List<Told> told = new ArrayList<>();
        new VirtualRuns(folder)
                .run(
                        RING,
                        "run",
                        3,
                        new RunListener() {
                            @Override
                            public void way(
                                    String probe,
                                    double atS,
                                    Walk walk,
                                    double rttMs,
                                    @Nullable Outage outage) {
                                String nodes = String.join(" ", walk.nodes());
                                told.add(new Told(atS, nodes, rttMs, outage != null));
                            }
                        });
        assertThat(told)
                .extracting(Told::way)
                .as("%s", told)
                .containsExactly("a d c", "a b c", "a d c");
        assertThat(told).extracting(Told::outage).containsExactly(false, false, true);
        for (Told each : told) {
            assertThat(each.rttMs())
                    .as("%s", each)
                    .isCloseTo(each.way().contains("b") ? 40 : 80, within(1e-6));
        }
    }
}
