package vini.experiment.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vini.experiment.VirtualRuns;
import vini.experiment.run.RunFolder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A run with all probes, failures and drops: no figure of its report lacks one of its files. */
class EveryFigureTest {
    private static final String ALL =
            """
            {"name": "all", "duration": "12s",
             "topology": {
               "name": "all",
               "nodes": {"a": {}, "b": {}, "c": {}, "d": {}},
               "links": [{"between": ["a", "b"], "delay": "2ms", "rate": "5Mbps", "queue": 20},
                         {"between": ["b", "c"], "delay": "2ms"},
                         {"between": ["a", "d"], "delay": "3ms"},
                         {"between": ["d", "c"], "delay": "3ms"}],
               "routing": {"hello": "1s", "dead": "3s"}},
             "probes": [
               {"name": "rtt", "ping": {"from": "a", "to": "c", "every": "50ms"}},
               {"name": "bulk", "tcp": {"from": "a", "to": "c", "window": "16KB"}},
               {"name": "flow", "udp": {"from": "a", "to": "c", "pps": 100}},
               {"name": "web", "request": {"from": "a", "to": "c", "every": "50ms"}},
               {"name": "way", "trace": {"from": "a", "to": "c", "every": "250ms"}},
               {"name": "load", "links": {}},
               {"name": "fibs", "fib": {"at": ["4s", "8s"]}},
               {"name": "peers", "neighbors": {"at": ["4s", "8s"]}}],
             "events": [
               {"at": "4s", "for": "5s", "fail": {"link": ["b", "c"], "mode": "silent"}},
               {"at": "10s", "for": "1s", "traffic": {"from": "a", "to": "b", "rate": "9Mbps"}}]}
            """;

    private static final Pattern FIGURE = Pattern.compile("<figure id=\"([^\"]+)\"");

    private static final List<String> PROBES =
            List.of("rtt", "bulk", "flow", "web", "way", "load", "fibs", "peers");

    @TempDir Path folder;

    private static boolean isReserved(String figure) {
        return RunFolder.isTaken(figure)
                || PROBES.stream()
                        .anyMatch(
                                probe ->
                                        figure.equals(probe)
                                                || RunFolder.FIGURES_OF_A_PROBE.stream()
                                                        .anyMatch(s -> figure.equals(probe + s)));
    }

    @Test
    void isThereAsSvgAndPngAndItsDataAsCsv() throws Exception {
        VirtualRuns lab = new VirtualRuns(folder);
        lab.run(ALL, "run", 1);
        List<String> names =
                FIGURE.matcher(lab.report("run"))
                        .results()
                        .map((MatchResult r) -> r.group(1))
                        .toList();
        assertThat(names)
                .contains("network", "rtt", "bulk", "flow", "web", "way", "load", "load-queues")
                .contains("rtt-moments", "map", "convergence", "drops");
        // No probe may have a name that would be another figure's.
        assertThat(names).allMatch(EveryFigureTest::isReserved);
        List<String> wanted = new ArrayList<>();
        for (String name : names) {
            for (String kind : List.of("svg", "png", "csv")) {
                wanted.add(name + "." + kind);
            }
            List<String> data = lab.lines("run", "figures/" + name + ".csv");
            assertThat(data).as(name).hasSizeGreaterThan(2);
            int columns = data.getFirst().split(",", -1).length;
            assertThat(columns).as(name).isGreaterThan(1);
            assertThat(data)
                    .as(name)
                    .allMatch(line -> line.split(",", -1).length == columns)
                    .noneMatch(line -> line.contains("NaN") || line.contains("Infinity"));
        }
        try (var files = Files.list(folder.resolve("run/figures"))) {
            assertThat(files.map(file -> file.getFileName().toString()).toList())
                    .containsExactlyInAnyOrderElementsOf(wanted);
        }
    }
}
