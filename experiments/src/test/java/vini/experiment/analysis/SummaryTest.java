package vini.experiment.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import vini.experiment.run.RunReader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The summary of a run folder written by hand: two nodes, one link, 10 s, a failure at 4 s. */
class SummaryTest {
    @TempDir Path folder;

    private Summary summary(String environment, String expect, String echoes) throws IOException {
        write(
                "topology.json",
                "{\"name\":\"pair\",\"nodes\":{\"a\":{},\"b\":{}},\"links\":[{\"between\":[\"a\",\"b\"]}]}");
        write(
                "experiment.json",
                "{\"name\":\"pair-failure\",\"duration\":\"10s\",\"probes\":["
                    + "{\"name\":\"rtt\",\"ping\":{\"from\":\"a\",\"to\":\"b\"}},"
                    + "{\"name\":\"bulk\",\"tcp\":{\"from\":\"a\",\"to\":\"b\",\"window\":\"16KB\"}}],"
                    + "\"expect\":["
                        + expect
                        + "]}");
        write("environment.json", environment);
        write("packets.json", "{\"sent\":11,\"delivered\":11,\"in_flight\":0,\"dropped\":{}}");
        write(
                "events.jsonl",
                "{\"event\":\"fail\",\"link\":[\"a\",\"b\"],\"mode\":\"silent\",\"planned_s\":4.0,"
                        + "\"issued_s\":4.0002,\"effective_s\":4.0004,\"observed_s\":null}\n");
        write(
                "routes.jsonl",
                """
                {"t_s":-0.5,"node":"a","op":"set","prefix":"10.77.0.2/32","next":["b"]}
                {"t_s":9.5,"node":"a","op":"remove","prefix":"10.77.0.2/32"}
                """);
        write("rtt.csv", "seq,sent_s,received_s,rtt_ms,ttl\n" + echoes);
        write(
                "bulk.csv",
                """
                t_s,bytes
                0.0,1000
                0.3,100000
                1.1,200000
                2.1,325000
                3.1,450000
                3.9,550000
                4.0,560000
                """);
        write(
                "packets.json",
                "{\"sent\":12,\"delivered\":8,\"in_flight\":1,\"dropped\":{\"linkDown\":3}}");
        return Summary.of(Analysis.of(RunReader.read(folder), WayPicker.FIRST));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static final String ECHOES =
            """
            1,0.0,0.01,10.0,63
            2,1.0,1.02,20.0,63
            3,2.0,2.03,30.0,63
            4,3.0,3.04,40.0,63
            5,4.0,,,
            6,5.0,,,
            7,6.0,,,
            8,7.0,,,
            9,8.0,,,
            10,9.0,,,
            """;

    @Test
    void hasTheShapeOfTheReference() throws IOException {
        JsonNode json =
                summary(
                                "{\"world\":\"live\",\"hosts\":\"builtin\",\"tunnels\":\"direct\",\"startup_s\":0.91}",
                                "{\"that\":\"probes.rtt.phases[0].rtt_ms.median\",\"between\":[24,26]}",
                                ECHOES)
                        .json();

        assertThat(json.path("experiment").asString()).isEqualTo("pair-failure");
        assertThat(json.path("verdict").asString()).isEqualTo("passed");
        assertThat(json.path("hosts").asString()).isEqualTo("builtin");
        assertThat(json.path("startup_s").asDouble()).isEqualTo(0.91);
        assertThat(json.path("expectations").path(0).path("value").toString()).isEqualTo("25");
        assertThat(json.path("expectations").path(0).path("holds").asBoolean()).isTrue();
        JsonNode rtt = json.path("probes").path("rtt");
        assertThat(rtt.path("outages").toString())
                .isEqualTo("[{\"from_s\":4,\"to_s\":null,\"duration_s\":null,\"lost\":6}]");
        assertThat(rtt.path("phases").path(0).toString())
                .isEqualTo(
                        "{\"from_s\":0,\"to_s\":4,\"after\":null,\"sent\":4,\"received\":4,\"steady_from_s\":0,"
                            + "\"rtt_ms\":{\"min\":10,\"median\":25,\"max\":40},\"path\":[\"a\",\"b\"]}");
        assertThat(rtt.path("phases").path(1).toString())
                .isEqualTo(
                        "{\"from_s\":4,\"to_s\":10,\"after\":\"fail a-b"
                            + " (silent)\",\"sent\":6,\"received\":0,"
                            + "\"steady_from_s\":null,\"rtt_ms\":null,\"path\":null,\"path_trouble\":\"no"
                            + " route at a\"}");
        JsonNode bulk = json.path("probes").path("bulk");
        assertThat(bulk.path("window_bytes").asInt()).isEqualTo(16384);
        assertThat(bulk.path("bytes").asInt()).isEqualTo(560000);
        assertThat(bulk.path("stalls").toString()).isEqualTo("[{\"from_s\":4,\"to_s\":null}]");
        assertThat(json.path("packets").path("dropped").path("linkDown").asInt()).isEqualTo(3);
    }

    @Test
    void ratesAreOfTheSteadyPart() throws IOException {
        JsonNode phases =
                summary("{}", "", ECHOES).json().path("probes").path("bulk").path("phases");

        // The first byte came at 0 s, so 2 s to 4 s are steady.
        assertThat(phases.path(0).path("bytes").asInt()).isEqualTo(550000);
        assertThat(phases.path(0).path("steady_from_s").asDouble()).isEqualTo(2);
        assertThat(phases.path(0).path("mbps").asDouble())
                .isEqualTo(350_000 * 8 / 1e6 / 2, within(1e-3));
        assertThat(phases.path(1).path("mbps").isNull()).isTrue();
    }

    @Test
    void failsWhenAnExpectationDoesNotHold() throws IOException {
        Summary summary =
                summary(
                        "{}",
                        "{\"that\":\"probes.rtt.outages[0].duration_s\",\"between\":[5,11]}",
                        ECHOES);

        assertThat(summary.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(summary.expectations().getFirst().note()).isEqualTo("it is null");
    }

    @Test
    void saysHowTheRunEnded() throws IOException {
        assertThat(summary("{\"ending\":\"interrupted\"}", "", ECHOES).verdict())
                .isEqualTo(Verdict.INTERRUPTED);
        assertThat(
                        summary("{\"ending\":\"crashed\",\"crash\":\"router died\"}", "", ECHOES)
                                .verdict())
                .isEqualTo(Verdict.CRASHED);
        assertThat(summary("{}", "", "1,0.0,0.01,10.0,63\n").verdict())
                .as("a killed command leaves short rows and no ending")
                .isEqualTo(Verdict.INTERRUPTED);
    }

    @Test
    void doubtsWhatTheRunWarnedOfAndBooksThatDoNotBalance() throws IOException {
        assertThat(summary("{}", "", ECHOES).trustworthy()).isTrue();
        Summary warned = summary("{\"warnings\":[\"4.1 % of releases were late\"]}", "", ECHOES);
        assertThat(warned.doubts()).containsExactly("4.1 % of releases were late");
        write(
                "packets.json",
                "{\"sent\":12,\"delivered\":8,\"in_flight\":0,\"dropped\":{\"linkDown\":3}}");
        assertThat(Summary.of(Analysis.of(RunReader.read(folder), WayPicker.FIRST)).doubts())
                .last()
                .isEqualTo("the books do not balance: of 12 packets sent, 1 are unaccounted for");
    }

    @Test
    void withoutAnyAnswerThereAreNoNumbersButASummary() throws IOException {
        JsonNode rtt =
                summary("{}", "", "1,0.0,,,\n2,1.0,,,\n3,9.0,,,\n")
                        .json()
                        .path("probes")
                        .path("rtt");

        assertThat(rtt.path("received").asInt()).isZero();
        assertThat(rtt.path("outages").path(0).path("lost").asInt()).isEqualTo(3);
        assertThat(rtt.path("phases").path(0).path("rtt_ms").isNull()).isTrue();
    }
}
