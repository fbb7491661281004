package vini.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import vini.experiment.analysis.Analysis;
import vini.experiment.analysis.SeededWays;
import vini.experiment.analysis.Summary;
import vini.experiment.run.BooksRow;
import vini.experiment.run.Run;
import vini.experiment.run.RunFolder;
import vini.experiment.run.RunReader;
import vini.experiment.spec.Experiment;
import vini.experiment.spec.ExperimentFile;
import vini.forwarder.io.VirtualEngine;
import vini.overlay.host.BackgroundFiles;
import vini.overlay.json.Problems;
import vini.overlay.topology.HostsMode;
import vini.overlay.topology.TunnelsMode;
import vini.overlay.world.VirtualWorld;
import vini.time.Seed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** What stays of a run of which nothing is heard any more after seven seconds. */
class LiveRecordTest {
    private static final long SECOND = 1_000_000_000L;

    /** Two ways of the same cost from a to c: which one a flow takes is a matter of its ports. */
    private static final String NETWORK =
            """
            {"name": "record", "duration": "12s",
             "topology": {
               "name": "record",
               "nodes": {"a": {}, "b": {}, "c": {}, "d": {}},
               "links": [{"between": ["a", "b"], "delay": "2ms", "rate": "5Mbps", "queue": 20},
                         {"between": ["b", "c"], "delay": "2ms"},
                         {"between": ["a", "d"], "delay": "3ms"},
                         {"between": ["d", "c"], "delay": "3ms"}],
               "routing": {"hello": "1s", "dead": "3s"}}
            """;

    private static final String PROBES =
            """
            , "probes": [
               {"name": "rtt", "ping": {"from": "a", "to": "c", "every": "50ms"}},
               {"name": "bulk", "tcp": {"from": "a", "to": "c", "window": "16KB"}},
               {"name": "flow", "udp": {"from": "a", "to": "d", "pps": 100}},
               {"name": "web", "request": {"from": "a", "to": "c", "every": "50ms"}},
               {"name": "way", "trace": {"from": "a", "to": "c", "every": "250ms"}},
               {"name": "load", "links": {}},
               {"name": "seen", "capture": {"links": [["a", "b"]], "filter": "icmp"}},
               {"name": "fibs", "fib": {"at": ["4s", "8s"]}},
               {"name": "peers", "neighbors": {"at": ["4s", "8s"]}}],
             "events": [
               {"at": "4s", "for": "5s", "fail": {"link": ["b", "c"], "mode": "silent"}}]
            """;

    @TempDir Path folder;

    /** Runs it; in the folder {@code live} is what was written until seven seconds have passed. */
    private void run(String parts) throws IOException {
        Path file = Files.writeString(folder.resolve("x.json"), NETWORK + parts + "}");
        Experiment read = ExperimentFile.read(file, WorldKind.VIRTUAL, new Problems());
        Experiment experiment =
                read.withSeed(1)
                        .withTopology(
                                read.topology()
                                        .withHosts(HostsMode.BUILTIN)
                                        .withTunnels(TunnelsMode.DIRECT)
                                        .withLoops(1));
        RunFolder live = new RunFolder(Files.createDirectory(folder.resolve("live")));
        RunFolder whole = new RunFolder(Files.createDirectory(folder.resolve("whole")));
        new FolderWriter(live).inputs(experiment);
        new FolderWriter(whole).inputs(experiment);
        try (VirtualEngine engine = new VirtualEngine()) {
            boolean _ = engine.call(() -> inside(engine, experiment, live, whole));
        }
    }

    private static boolean inside(
            VirtualEngine engine, Experiment experiment, RunFolder live, RunFolder whole)
            throws IOException {
        RunListener nobody = new RunListener() {};
        ObjectNode environment = JsonMapper.shared().createObjectNode().put("seed", 1);
        RunEnvironment.addUnfinished(environment);
        AtomicBoolean over = new AtomicBoolean();
        try (VirtualWorld world = new VirtualWorld(experiment.topology(), new Seed(1), engine)) {
            assertThat(world.converge(60 * SECOND)).isPositive();
            Course course =
                    new Course(world, experiment, whole.path(), nobody, () -> over.set(true));
            try (BackgroundFiles files = BackgroundFiles.start()) {
                new LiveRecord(course, live, environment, world.clock(), nobody, files).write();
                world.clock().runFor(7 * SECOND + SECOND / 2);
                assertThat(files.trouble()).isNull();
            }
            while (!over.get()) {
                world.clock().runFor(SECOND);
            }
            new FolderWriter(whole).course(course);
        }
        return true;
    }

    private List<String> lines(String run, String file) throws IOException {
        return Files.readAllLines(folder.resolve(run).resolve(file));
    }

    @Test
    void isTheBeginningOfTheWholeRecord() throws Exception {
        run(PROBES);
        for (String file :
                List.of(
                        "rtt.csv",
                        "bulk.csv",
                        "flow.csv",
                        "way.csv",
                        "load.csv",
                        "fibs.csv",
                        "peers.csv",
                        "routes.jsonl",
                        "routers.jsonl")) {
            List<String> whole = lines("whole", file);
            List<String> live = lines("live", file);
            assertThat(live).as(file).isNotEmpty();
            assertThat(live).as(file).isEqualTo(whole.subList(0, live.size()));
        }
        assertThat(lines("whole", "web.csv")).containsAll(lines("live", "web.csv"));
        assertThat(lines("live", "web.csv")).doesNotHaveDuplicates();
        assertThat(lines("live", "web.csv")).hasSizeGreaterThan(80);
        assertThat(lines("live", "rtt.csv")).hasSizeBetween(110, 150);
        assertThat(lines("live", "events.jsonl"))
                .isEqualTo(lines("whole", "events.jsonl").subList(0, 1));
        List<BooksRow> books = RunReader.read(folder.resolve("live")).books();
        assertThat(books).hasSizeBetween(7, 9);
        assertThat(books.getFirst().dropped("linkDown")).isZero(); // a reason that comes later
        assertThat(books.getLast().dropped("linkDown")).isPositive();
        assertThat(RunReader.read(folder.resolve("whole")).books())
                .startsWith(books.toArray(BooksRow[]::new));
    }

    @Test
    void aKilledRunsFiguresAreThoseOfItsTime() throws Exception {
        run(PROBES);
        Run run = RunReader.read(folder.resolve("live"));
        JsonNode probes = Summary.of(Analysis.of(run, new SeededWays(1))).json().path("probes");
        JsonNode flow = probes.path("flow");
        assertThat(flow.path("sent").asLong()).isBetween(450L, 650L);
        double mbps = flow.path("phases").path(0).path("mbps").asDouble();
        // The last rows are not there, which does not mean that nothing was received then.
        assertThat(flow.path("mbps").asDouble()).isPositive().isEqualTo(mbps);
        assertThat(probes.path("seen").path("packets").asLong()).isGreaterThan(50);
    }

    @Test
    void saysEnoughToTellTheWaysOfPackets() throws Exception {
        run(PROBES);
        JsonNode environment =
                JsonMapper.shared()
                        .readTree(Files.readString(folder.resolve("live/environment.json")));
        assertThat(environment.path("ending").asString()).isEqualTo("interrupted");
        assertThat(environment.path("flows").propertyNames()).contains("rtt", "bulk");
        Run run = RunReader.read(folder.resolve("live"));
        assertThat(run.ending()).isEqualTo(Run.Ending.INTERRUPTED);
        assertThat(run.endS()).isBetween(6.0, 7.5);
        assertThat(run.problems()).containsExactly("packets.json: missing");
        assertThat(Analysis.of(run, new SeededWays(1)).phases()).hasSize(2);
    }

    /**
     * Nothing was measured: it was interrupted all the same, and not when the last thing happened.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ", \"events\": [{\"at\": \"1s\", \"fail\": {\"link\": [\"b\", \"c\"]}}]"
            })
    void aRunWithoutProbesIsInterruptedToo(String parts) throws Exception {
        run(parts);
        Run run = RunReader.read(folder.resolve("live"));
        assertThat(run.ending()).isEqualTo(Run.Ending.INTERRUPTED);
        assertThat(run.endS()).isBetween(6.0, 7.5);
        assertThat(run.problems()).containsExactly("packets.json: missing");
        try (Stream<Path> files = Files.list(folder.resolve("live"))) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
        }
    }
}
