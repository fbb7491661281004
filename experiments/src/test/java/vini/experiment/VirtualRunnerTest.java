package vini.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import vini.experiment.analysis.Summary;
import vini.experiment.analysis.Verdict;
import vini.experiment.compare.Comparison;
import vini.experiment.repeat.Repetition;
import vini.experiment.repeat.Sample;
import vini.experiment.report.CompareReport;
import vini.experiment.report.Report;
import vini.experiment.run.BooksRow;
import vini.overlay.topology.HostsMode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Experiments in virtual time, from the file to the report. */
class VirtualRunnerTest {
    /** A ring of four, one side of which goes silent while ping and TCP run. */
    private static final String RING =
            """
            {"name": "ring", "duration": "40s",
             "topology": {
               "name": "ring",
               "nodes": {"a": {}, "b": {}, "c": {}, "d": {}},
               "links": [{"between": ["a", "b"], "delay": "5ms"},
                         {"between": ["b", "c"], "delay": "5ms"},
                         {"between": ["c", "d"], "delay": "5ms", "cost": 30},
                         {"between": ["d", "a"], "delay": "5ms", "rate": "20Mbps"}],
               "routing": {"hello": "5s", "dead": "10s"}},
             "probes": [
               {"name": "rtt", "ping": {"from": "a", "to": "c", "every": "50ms"}},
               {"name": "bulk", "tcp": {"from": "d", "to": "a", "window": "64KB"}}],
             "events": [
               {"at": "10s", "fail": {"link": ["a", "b"], "mode": "silent"}},
               {"at": "30s", "restore": {"link": ["a", "b"]}}],
             "expect": [
               {"that": "probes.rtt.outages[0].duration_s", "between": [4.9, 11]},
               {"that": "probes.rtt.phases[0].path", "equals": ["a", "b", "c"]},
               {"that": "probes.rtt.phases[0].rtt_ms.median", "equals": 20},
               {"that": "probes.rtt.phases[1].path", "equals": ["a", "d", "c"]},
               {"that": "probes.rtt.phases[2].path", "equals": ["a", "b", "c"]}]}
            """;

    @TempDir Path folder;

    private Summary run(String text, String out, long seed)
            throws IOException, InterruptedException {
        return new VirtualRuns(folder).run(text, out, seed);
    }

    private SortedMap<String, String> bytes(String out) throws IOException {
        return new VirtualRuns(folder).bytes(out);
    }

    private JsonNode json(String file) throws IOException {
        return new VirtualRuns(folder).json(file);
    }

    @Test
    void aLinkFailsAndTheNetworkHealsInVirtualTime() throws Exception {
        Summary summary = run(RING, "one", 7);
        assertThat(summary.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(summary.json().path("trustworthy").asBoolean()).isTrue();
    }

    @Test
    void theSameSeedGivesTheSameBytes() throws Exception {
        run(RING, "one", 7);
        run(RING, "two", 7);
        assertThat(bytes("one"))
                .containsKeys("rtt.csv", "report.html", "figures/rtt.png")
                .isEqualTo(bytes("two"));
    }

    @Test
    void anotherSeedGivesAnotherOutage() throws Exception {
        run(RING, "one", 1);
        run(RING, "two", 2);
        assertThat(bytes("one").get("rtt.csv")).isNotEqualTo(bytes("two").get("rtt.csv"));
    }

    @Test
    void theBooksBalanceToThePacket() throws Exception {
        run(RING, "one", 7);
        JsonNode books = json("one/packets.json");
        long dropped = 0;
        for (JsonNode reason : books.path("dropped")) {
            dropped += reason.asLong();
        }
        assertThat(dropped).isPositive();
        assertThat(books.path("sent").asLong())
                .isEqualTo(
                        books.path("delivered").asLong()
                                + dropped
                                + books.path("in_flight").asLong());
    }

    /** The same ring, in which nodes and processes break. */
    private static final String BREAKDOWNS =
            RING.substring(0, RING.indexOf("\"events\""))
                    + """
                    "events": [
                      {"at": "5s", "for": "11s", "crash": {"node": "b"}},
                      {"at": "20s", "for": "2s", "freeze": {"node": "b"}},
                      {"at": "25s", "kill": {"process": "router"}},
                      {"at": "28s", "for": "1s", "freeze": {"process": "router"}},
                      {"at": "31s", "restart": {"node": "b"}},
                      {"at": "36s", "kill": {"process": "forwarder"}}],
                    "expect": [
                      {"that": "probes.rtt.outages[0].duration_s", "between": [4.9, 11]},
                      {"that": "probes.rtt.phases[1].path", "equals": ["a", "d", "c"]},
                      {"that": "probes.rtt.outages[1].duration_s", "between": [1.9, 2.1]}]}
                    """;

    @Test
    void nodesAndProcessesBreakAndTheRunGoesOn() throws Exception {
        Summary summary = run(BREAKDOWNS, "one", 7);
        assertThat(summary.verdict()).as("%s", summary.json()).isEqualTo(Verdict.PASSED);
        assertThat(summary.json().path("trustworthy").asBoolean()).isTrue();
        assertThat(bytes("one").get("events.jsonl"))
                .contains("crash b", "start b", "thaw b", "kill the router", "thaw the router")
                .contains("restart b", "kill the forwarder");
        JsonNode books = json("one/packets.json");
        long ended = books.path("delivered").asLong() + books.path("in_flight").asLong();
        for (JsonNode reason : books.path("dropped")) {
            ended += reason.asLong();
        }
        assertThat(books.path("sent").asLong()).isEqualTo(ended);
        run(BREAKDOWNS, "two", 7);
        assertThat(bytes("one")).isEqualTo(bytes("two"));
    }

    @Test
    void theBooksBalanceInEachSecond() throws Exception {
        Summary summary = run(RING, "one", 7);
        List<BooksRow> books = summary.analysis().run().books();
        assertThat(books).hasSizeGreaterThan(42).allMatch(row -> row.missing() == 0);
        assertThat(books).extracting(BooksRow::inFlight).anyMatch(number -> number > 0);
        for (int second = 0; second <= 40; second++) {
            double at = second;
            assertThat(books).anyMatch(row -> Math.abs(row.timeS() - at) < 1e-6);
        }
        JsonNode packets = json("one/summary.json").path("packets");
        assertThat(packets.path("loops").asInt(-1)).isZero();
        assertThat(packets.path("phases").path(0).path("dropped").isEmpty()).isTrue();
        assertThat(packets.path("phases").path(1).path("dropped").path("linkDown").asInt())
                .isGreaterThan(50);
        JsonNode steps = json("one/summary.json").path("convergence").path("phases").path(1);
        assertThat(steps.path("routers").asInt()).isEqualTo(4);
        assertThat(steps.path("last_after_s").asDouble()).isBetween(4.9, 11.0);
    }

    @Test
    void nothingOfTheMachineIsInTheFolder() throws Exception {
        run(RING, "one", 7);
        assertThat(json("one/environment.json").propertyNames())
                .containsExactly(
                        "vini",
                        "world",
                        "hosts",
                        "tunnels",
                        "seed",
                        "inputs",
                        "startup_s",
                        "ending",
                        "ended_s",
                        "flows",
                        "warnings");
    }

    @Test
    void aRealProgramIsRefusedAndNothingIsLeft() {
        String text =
                RING.replace(
                        "\"probes\": [",
                        "\"probes\": [{\"name\": \"web\", \"program\": {\"on\": \"a\","
                                + " \"command\": [\"curl\", \"c\"]}},");
        assertThatThrownBy(() -> run(text, "one", 7))
                .hasMessageMatching(
                        "(?s).*one.json:\\d+:\\d+: .*real programs do not keep the virtual"
                                + " world's time; run it live.*");
        assertThat(folder.resolve("one")).doesNotExist();
    }

    @Test
    void kernelHostsThatAreAskedForAreRefused() throws Exception {
        RunRequest request =
                new RunRequest(
                        Files.writeString(folder.resolve("ring.json"), RING),
                        WorldKind.VIRTUAL,
                        folder.resolve("one"),
                        null,
                        HostsMode.KERNEL,
                        null,
                        null,
                        false);
        assertThatThrownBy(
                        () ->
                                new VirtualRunner(new VirtualRuns(folder).surroundings())
                                        .run(request, new RunListener() {}))
                .hasMessageContaining("no kernel hosts");
        assertThat(folder.resolve("one")).doesNotExist();
    }

    @Test
    void anInterruptKeepsWhatWasMeasured() throws Exception {
        Thread.currentThread().interrupt();
        Summary summary = run(RING, "one", 7);
        assertThat(summary.verdict()).isEqualTo(Verdict.INTERRUPTED);
        assertThat(json("one/environment.json").path("ended_s").asDouble()).isLessThan(1);
        assertThat(folder.resolve("one/report.html")).isNotEmptyFile();
    }

    @Test
    void manyRunsSayHowFiguresAreDistributed() throws Exception {
        RunRequest request =
                new RunRequest(
                        Files.writeString(folder.resolve("ring.json"), RING),
                        WorldKind.VIRTUAL,
                        folder.resolve("many"),
                        5L,
                        null,
                        null,
                        null,
                        false);
        List<Integer> done = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Repetition repetition =
                    new RepeatRunner(new VirtualRuns(folder).surroundings())
                            .run(request, 4, threads, done::add)
                            .repetition();
            assertThat(repetition.sentence()).isEqualTo("4 of 4 runs passed, all trustworthy");
            assertThat(repetition.samples())
                    .extracting(Sample::seed)
                    .containsExactly(5L, 6L, 7L, 8L);
        }
        assertThat(done).containsExactly(1, 2, 3, 4);
        JsonNode outage =
                json("many/repeat.json").path("figures").path("probes.rtt.outages[0].duration_s");
        assertThat(outage.path("runs").asInt()).isEqualTo(4);
        assertThat(outage.path("min").asDouble()).isLessThan(outage.path("max").asDouble());
        assertThat(Files.readAllLines(folder.resolve("many/repeat.csv"))).hasSize(5);
        assertThat(folder.resolve("many/report.html")).isNotEmptyFile();
        // One of many is the run that it would be alone.
        run(RING, "alone", 6);
        SortedMap<String, String> alone = bytes("alone");
        assertThat(bytes("many/seed-6"))
                .hasSizeGreaterThan(8)
                .allSatisfy((file, text) -> assertThat(text).isEqualTo(alone.get(file)));
    }

    @Test
    void comparedRunsSayWhatDiffers() throws Exception {
        run(RING, "one", 7);
        run(RING, "two", 8);
        List<Summary> runs =
                List.of(
                        Report.summary(folder.resolve("one")),
                        Report.summary(folder.resolve("two")));
        Comparison comparison = Comparison.of(List.of("one", "two"), runs);
        SortedMap<String, String> differences = new TreeMap<>();
        comparison.rows().forEach(row -> differences.put(row.figure(), row.difference()));
        assertThat(differences)
                .containsEntry("seed", "differs")
                .containsEntry("probes.rtt.phases[0].rtt_ms.median", "")
                .containsEntry("probes.rtt.phases[1].path", "")
                .containsKey("convergence.last_change_s");
        assertThat(differences.get("probes.rtt.outages[0].duration_s"))
                .matches("[+-]\\d\\.\\d{3} \\([+-]\\d+\\.\\d %\\)");
        Path compared = Files.createDirectory(folder.resolve("compared"));
        assertThat(CompareReport.write(compared, comparison, runs)).isEmpty();
        assertThat(compared.resolve("compare.html")).content().contains("<svg", "round-trip time");
        assertThat(compared.resolve("figures/compare-rtt.svg")).isNotEmptyFile();
    }
}
