package vini.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import vini.experiment.analysis.Summary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What experiments do to a network, and what the record says of it, in virtual time. */
class FailureLanguageTest {
    private static final String TEXT =
            """
            {"name": "ring", "duration": "60s",
             "topology": {
               "name": "ring",
               "nodes": {"a": {}, "b": {}, "c": {}, "d": {}},
               "links": [{"between": ["a", "b"], "delay": "5ms"},
                         {"between": ["b", "c"], "delay": "5ms"},
                         {"between": ["c", "d"], "delay": "5ms", "cost": 30},
                         {"between": ["d", "a"], "delay": "5ms", "rate": "20Mbps"}],
               "fibers": {"east": [["b", "c"], ["c", "d"]]},
               "routing": {"hello": "1s", "dead": "3s"}},
             "probes": [
               {"name": "rtt", "ping": {"from": "a", "to": "c", "every": "20ms"}},
               {"name": "bulk", "tcp": {"from": "d", "to": "a", "window": "64KB"}}],
             "events": [%s]}
            """;

    @TempDir Path folder;

    private Summary run(String events) throws Exception {
        return new VirtualRuns(folder).run(TEXT.formatted(events), "run", 7);
    }

    /** The record of events as {@code 10.0 fail a-b}. */
    private List<String> record() throws IOException {
        List<String> rows = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("run/events.jsonl"))) {
            JsonNode row = JsonMapper.shared().readTree(line);
            assertThat(row.path("effective_s").asDouble())
                    .as(line)
                    .isEqualTo(row.path("planned_s").asDouble());
            rows.add(
                    String.format(
                            Locale.ROOT,
                            "%.1f %s",
                            row.path("planned_s").asDouble(),
                            row.path("words").asString("")));
        }
        return rows;
    }

    private void booksBalance() throws IOException {
        JsonNode books = new VirtualRuns(folder).json("run/packets.json");
        long dropped = 0;
        for (JsonNode reason : books.path("dropped")) {
            dropped += reason.asLong();
        }
        assertThat(books.path("sent").asLong())
                .isEqualTo(
                        books.path("delivered").asLong()
                                + dropped
                                + books.path("in_flight").asLong());
    }

    private static double median(Summary summary, int phase) {
        return summary.json().at("/probes/rtt/phases/" + phase + "/rtt_ms/median").asDouble();
    }

    @Test
    void eachCauseEndsOnlyWhatItHasDone() throws Exception {
        run(
                """
                {"at": "10s", "for": "20s", "fail": {"link": ["a", "b"]}},
                {"at": "15s", "for": "5s", "fail": {"link": ["b", "a"], "mode": "silent"}},
                {"at": "25s", "for": "15s", "fail": {"node": "b"}}
                """);
        // At 20 s the first cause still holds the link down, at 30 s the node's failure does.
        assertThat(record())
                .containsExactly(
                        "10.0 fail a-b", "15.0 fail b-a (silent)", "25.0 fail b", "40.0 restore b");
        booksBalance();
    }

    @Test
    void theOperatorsWordEndsAllFailures() throws Exception {
        run(
                """
                {"at": "10s", "for": "20s", "fail": {"link": ["a", "b"]}},
                {"at": "12s", "fail": {"fiber": "east"}},
                {"at": "15s", "restore": {"link": ["a", "b"]}},
                {"at": "16s", "restore": {"fiber": "east"}}
                """);
        assertThat(record())
                .containsExactly(
                        "10.0 fail a-b",
                        "12.0 fail fiber east",
                        "15.0 restore a-b",
                        "16.0 restore fiber east");
        booksBalance();
    }

    @Test
    void aDegradedLinkIsAfterwardsAsBefore() throws Exception {
        Summary summary =
                run(
                        """
                        {"at": "20s", "for": "20s", "degrade": {"link": ["a", "b"],
                         "delay": "25ms", "loss": "2%", "duplicate": "5%", "corrupt": "1%",
                         "reorder": "5%"}}
                        """);
        assertThat(record())
                .containsExactly(
                        "20.0 degrade a-b delay 25ms loss 2% reorder 5% duplicate 5% corrupt 1%",
                        "40.0 recover a-b");
        assertThat(median(summary, 0)).isEqualTo(20);
        assertThat(median(summary, 1)).isEqualTo(60);
        assertThat(median(summary, 2)).isEqualTo(20);
        assertThat(summary.json().at("/probes/rtt/phases/0/lost").asInt()).isZero();
        assertThat(summary.json().at("/probes/rtt/phases/2/lost").asInt()).isZero();
        booksBalance();
    }

    @Test
    void aRampAndAFlapAndATraceAreCarriedOutToTheEnd() throws Exception {
        Files.writeString(folder.resolve("t.csv"), "0,5ms\n1,15ms\n2,5ms\n");
        Summary summary =
                run(
                        """
                        {"at": "5s", "for": "10s", "degrade": {"link": ["a", "b"],
                         "delay": "55ms", "over": "5s"}},
                        {"at": "20s", "for": "10s", "flap": {"link": ["b", "c"], "down": "1s",
                         "up": "4s", "mode": "silent"}},
                        {"at": "40s", "until": "50s", "degrade": {"link": ["a", "b"],
                         "trace": {"property": "delay", "points": "t.csv"}}},
                        {"at": "52s", "set": {"link": ["a", "b"], "cost": 500}}
                        """);
        assertThat(record())
                .containsExactly(
                        "5.0 degrade a-b delay 55ms over 5s",
                        "15.0 recover a-b",
                        "20.0 fail b-c (silent)",
                        "21.0 restore b-c",
                        "25.0 fail b-c (silent)",
                        "26.0 restore b-c",
                        "40.0 degrade a-b delay by a trace",
                        "50.0 recover a-b",
                        "52.0 set a-b cost 500");
        assertThat(summary.json().at("/probes/rtt/phases/9/path").toString())
                .isEqualTo("[\"a\",\"d\",\"c\"]");
        booksBalance();
    }

    @Test
    void aPartitionCutsAllLinksBetweenItsSets() throws Exception {
        Summary summary =
                run(
                        """
                        {"at": "20s", "for": "10s",
                         "partition": {"sets": [["a", "d"], ["b", "c"]], "mode": "silent"}}
                        """);
        assertThat(record())
                .containsExactly("20.0 partition a d | b c (silent)", "30.0 restore a-b, c-d");
        assertThat(summary.json().at("/probes/rtt/outages/0/duration_s").asDouble())
                .isGreaterThan(9.9);
        booksBalance();
    }

    @Test
    void theRecordOfARunCanBeReplayed() throws Exception {
        run("{\"at\": \"10s\", \"for\": \"5s\", \"fail\": {\"link\": [\"a\", \"b\"]}}");
        Files.copy(folder.resolve("run/events.jsonl"), folder.resolve("seen.jsonl"));
        List<String> first = record();
        new VirtualRuns(folder)
                .run(
                        TEXT.formatted(
                                "{\"at\": \"0s\", \"replay\": {\"changes\": \"seen.jsonl\"}}"),
                        "again",
                        7);
        assertThat(Files.readAllLines(folder.resolve("again/events.jsonl"))).hasSize(first.size());
    }
}
