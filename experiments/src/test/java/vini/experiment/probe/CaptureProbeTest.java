package vini.experiment.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import vini.experiment.VirtualRuns;
import vini.experiment.analysis.Summary;
import vini.overlay.json.InputException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

class CaptureProbeTest {
    private static final int LIMIT = 65_536;

    /** A block of one packet, with all that belongs to it, is shorter. */
    private static final int LONGEST = 1600;

    /** What options and padding of a packet take. */
    private static final int STEP = 12;

    private static final String RING =
            """
            {"name": "ring", "duration": "20s",
             "topology": {
               "name": "ring",
               "nodes": {"a": {}, "b": {}, "c": {}, "d": {}},
               "links": [{"between": ["a", "b"], "delay": "5ms", "rate": "2Mbps", "queue": 10},
                         {"between": ["b", "c"], "delay": "5ms"},
                         {"between": ["c", "d"], "delay": "5ms", "cost": 30},
                         {"between": ["d", "a"], "delay": "5ms"}],
               "routing": {"hello": "1s", "dead": "3s"}},
             "probes": [
               {"name": "echo", "ping": {"from": "a", "to": "c", "every": "500ms"}},
               {"name": "bulk", "tcp": {"from": "a", "to": "b", "window": "64KB"}},
               {"name": "all", "capture": {}},
               {"name": "node", "capture": {"nodes": ["b"], "filter": "icmp and dst host c"}},
               {"name": "small", "capture": {"links": [["a", "b"]], "limit": "64KB"}}],
             "events": [
               {"at": "5s", "fail": {"link": ["b", "c"], "mode": "silent"}},
               {"at": "15s", "restore": {"link": ["b", "c"]}}],
             "expect": [
               {"that": "probes.all.dropped_by.linkDown", "above": 3},
               {"that": "probes.all.missed", "equals": 0}]}
            """;

    @TempDir Path folder;

    @Test
    void seesEachPacketOfALinkOnceAndWhatEnds() throws Exception {
        VirtualRuns lab = new VirtualRuns(folder);
        Summary summary = lab.run(RING, "run", 3);
        assertThat(summary.json().path("expectations").toString()).doesNotContain("false");
        assertThat(summary.trustworthy()).isTrue();

        JsonNode all = VirtualRuns.probe(summary, "all");
        JsonNode books = JsonMapper.shared().readTree(folder.resolve("run/packets.json").toFile());
        // What links drop before t = 0 and after the end is not captured, but nothing does here.
        for (String reason : new String[] {"linkDown", "linkQueueFull"}) {
            assertThat(all.path("dropped_by").path(reason).asLong())
                    .as(reason)
                    .isPositive()
                    .isEqualTo(books.path("dropped").path(reason).asLong());
        }
        assertThat(all.path("written").asLong()).isEqualTo(all.path("packets").asLong());

        // To the host behind the failed link: in from a, out to c, or ended there.
        assertThat(lab.lines("run", "node.csv"))
                .anyMatch(line -> line.startsWith("b/a,in,,,"))
                .anyMatch(line -> line.startsWith("b/c,out,,,"))
                .anyMatch(line -> line.startsWith("b,,b/to_c,linkDown,"))
                .noneMatch(line -> line.startsWith("b/host"));

        JsonNode small = VirtualRuns.probe(summary, "small");
        assertThat(small.path("written").asLong()).isLessThan(small.path("packets").asLong());
        assertThat(Files.size(folder.resolve("run/small.pcapng"))).isBetween(65_000L, 65_536L);
        assertThat(lab.report("run"))
                .contains("Packets captured", "all.pcapng", "linkQueueFull at a/to_b");
    }

    @Test
    void aFileWithALimitIsTheBeginningOfTheWholeAndNoLonger() throws Exception {
        StringBuilder limited = new StringBuilder();
        for (int limit = LIMIT; limit < LIMIT + 12 * STEP; limit += STEP) {
            limited.append(
                    """
                    , {"name": "to%1$d", "capture": {"links": [["a", "b"]], "limit": "%1$dB"}}
                    """
                            .formatted(limit));
        }
        String ring =
                RING.replace("\"20s\"", "\"4s\"")
                        .replaceAll("(?s)\"events\".*", "\"expect\": []}")
                        .replace("\"limit\": \"64KB\"}}", "\"limit\": \"1MB\"}}" + limited);
        Summary summary = new VirtualRuns(folder).run(ring, "run", 3);
        byte[] whole = Files.readAllBytes(folder.resolve("run/small.pcapng"));
        assertThat(VirtualRuns.probe(summary, "small").path("dropped_by").toString())
                .contains("linkQueueFull");
        for (int limit = LIMIT; limit < LIMIT + 12 * STEP; limit += STEP) {
            byte[] file = Files.readAllBytes(folder.resolve("run/to" + limit + ".pcapng"));
            assertThat(file.length).as("limit").isBetween(limit - LONGEST, limit);
            assertThat(file).isEqualTo(Arrays.copyOf(whole, file.length));
        }
    }

    @Test
    void theSameSeedGivesTheSameBytes() throws Exception {
        VirtualRuns lab = new VirtualRuns(folder);
        Summary _ = lab.run(RING, "one", 5);
        Summary _ = lab.run(RING, "other", 5);
        for (String file : new String[] {"all.pcapng", "all.csv", "node.pcapng"}) {
            assertThat(folder.resolve("one").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("other").resolve(file));
        }
    }

    @Test
    void aMistakeIsFoundBeforeTheRun() {
        VirtualRuns lab = new VirtualRuns(folder);
        assertThatThrownBy(() -> lab.run(RING.replace("icmp and dst", "icmp nor dst"), "wrong", 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("filter");
        StringBuilder many = new StringBuilder("\"probes\": [");
        for (int i = 0; i < 14; i++) {
            many.append("{\"name\": \"more%d\", \"capture\": {}},\n".formatted(i));
        }
        assertThatThrownBy(() -> lab.run(RING.replace("\"probes\": [", many), "wrong", 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("an experiment has at most 16 of these");
        assertThatThrownBy(() -> lab.run(RING.replace("[\"b\"]", "[\"bb\"]"), "wrong", 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("\"bb\"");
    }
}
