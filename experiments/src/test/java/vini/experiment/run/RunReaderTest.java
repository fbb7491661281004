package vini.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.experiment.analysis.Analysis;
import vini.experiment.analysis.SeededWays;
import vini.experiment.analysis.Summary;
import vini.net.Prefix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class RunReaderTest {
    private static final String EXPERIMENT =
            "{\"name\":\"pair\",\"duration\":\"10s\",\"probes\":["
                + "{\"name\":\"rtt\",\"ping\":{\"from\":\"a\",\"to\":\"b\"}},"
                + "{\"name\":\"bulk\",\"tcp\":{\"from\":\"a\",\"to\":\"b\",\"window\":\"16KB\"}}]}";

    @TempDir Path folder;

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    @Test
    void readsBackTheRowsThatItsWritersWrite() throws IOException {
        EventRow event =
                new EventRow(
                        "fail",
                        Turn.WORSE,
                        List.of(List.of("a", "b")),
                        null,
                        "silent",
                        10,
                        10.0002,
                        10.0004,
                        null,
                        null);
        RouteRow set = new RouteRow(-0.51, "a", true, Prefix.parse("10.77.0.2/32"), List.of("b"));
        RouteRow gone = new RouteRow(3, "a", false, Prefix.parse("10.77.0.2/32"), List.of());
        NeighborRow full = new NeighborRow(-0.6, "a", "b", "LOADING", "FULL", "LOADING_DONE");
        EchoRow answered = new EchoRow(1, 0.1, 0.176, 76.25, 58);
        write("experiment.json", EXPERIMENT);
        write("events.jsonl", event.line() + "\n");
        write("routes.jsonl", set.line() + "\n" + gone.line() + "\n");
        write("routers.jsonl", full.line() + "\n");
        write(
                "rtt.csv",
                EchoRow.HEADER
                        + "\n"
                        + answered.line()
                        + "\n"
                        + EchoRow.lost(2, 0.2).line()
                        + "\n");
        write("bulk.csv", ArrivalRow.HEADER + "\n" + new ArrivalRow(0.2, 1448).line() + "\n");

        Run run = RunReader.read(folder);

        assertThat(run.events()).containsExactly(event);
        assertThat(run.routes()).containsExactly(set, gone);
        assertThat(run.neighbors()).containsExactly(full);
        Probe.Ping ping = (Probe.Ping) run.probes().getFirst();
        assertThat(ping.rows().getFirst()).isEqualTo(answered);
        assertThat(ping.rows().getLast().answered()).isFalse();
        Probe.Tcp tcp = (Probe.Tcp) run.probes().getLast();
        assertThat(tcp.windowBytes()).isEqualTo(16384);
        assertThat(tcp.rows()).containsExactly(new ArrivalRow(0.2, 1448));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rtt.csv|1,0.0,0.1,100|rtt.csv:1: left out: 4 columns, not 5",
                "rtt.csv|one,0.0,,,|rtt.csv:1: left out: not a number: For input string: \"one\"",
                "rtt.csv|1,NaN,,,|rtt.csv:1: left out: not a number: NaN",
                "bulk.csv|0.1,1e3|bulk.csv:1: left out: not a number: For input string: \"1e3\"",
                "events.jsonl|{\"event\":\"fail\"}|events.jsonl:1: left out: \"planned_s\" is not a"
                        + " number",
                "routes.jsonl|{\"t_s\":1,\"node\":\"a\",\"prefix\":\"x\"}|routes.jsonl:1: left out:"
                        + " \"x\" is not an IPv4 address like 10.77.0.1",
                "topology.json|[]|topology.json: not a JSON object",
            })
    void saysWhatItLeftOut(String file, String text, String message) throws IOException {
        write("experiment.json", EXPERIMENT);
        write(file, text + "\n");

        Run run = RunReader.read(folder);
        assertThat(run.problems()).contains(message);
        // A hole in the record is a reason not to trust what is drawn from it.
        assertThat(Summary.of(Analysis.of(run, new SeededWays(1))).doubts())
                .anyMatch(doubt -> doubt.startsWith("the run's folder is not whole: "));
    }

    @Test
    void takesWhatCameBeforeACut() throws IOException {
        write("experiment.json", EXPERIMENT);
        write(
                "routes.jsonl",
                "{\"t_s\":-0.5,\"node\":\"a\",\"op\":\"set\",\"prefix\":\"10.77.0.2/32\",\"next\":[\"b\"]}\n"
                    + "{\"t_s\":1.0,\"no");
        write("rtt.csv", EchoRow.HEADER + "\n1,0.0,0.01,10.0,63\n2,0.1");

        Run run = RunReader.read(folder);

        assertThat(run.routes()).hasSize(1);
        assertThat(((Probe.Ping) run.probes().getFirst()).rows()).hasSize(1);
        assertThat(run.ending()).isEqualTo(Run.Ending.INTERRUPTED);
        assertThat(run.problems())
                .anyMatch(p -> p.startsWith("routes.jsonl:2: left out: not JSON"));
    }

    @Test
    void manyBadLinesAreFewSentences() throws IOException {
        write("experiment.json", EXPERIMENT);
        write("rtt.csv", "x\n".repeat(1000));

        assertThat(RunReader.read(folder).problems().stream().filter(p -> p.startsWith("rtt.csv")))
                .hasSize(4)
                .last()
                .isEqualTo("rtt.csv: 1000 lines in all were left out");
    }

    @Test
    void bytesThatAreNoTextAreASentence() throws IOException {
        write("experiment.json", EXPERIMENT);
        Files.write(folder.resolve("rtt.csv"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        Files.write(folder.resolve("topology.json"), new byte[] {(byte) 0xff, 0, 1});

        Run run = RunReader.read(folder);

        assertThat(run.problems()).anyMatch(p -> p.startsWith("rtt.csv"));
        assertThat(run.problems()).anyMatch(p -> p.startsWith("topology.json"));
    }

    @Test
    void aProbesNameCannotLeaveTheFolder() throws IOException {
        write("experiment.json", "{\"probes\":[{\"name\":\"../../etc/passwd\",\"ping\":{}}]}");

        Run run = RunReader.read(folder);

        assertThat(run.probes()).isEmpty();
        assertThat(run.problems()).contains("experiment.json: a probe has no usable name");
    }

    @Test
    void refusesWhatIsNoRunFolder() throws IOException {
        assertThatThrownBy(() -> RunReader.read(folder))
                .hasMessageEndingWith("is not a run's folder: it has no experiment.json");
        assertThatThrownBy(() -> RunReader.read(folder.resolve("nowhere")))
                .hasMessageEndingWith("nowhere: there is no such folder");
        Path file = Files.writeString(folder.resolve("plain.txt"), "");
        assertThatThrownBy(() -> RunReader.read(file))
                .hasMessageEndingWith("is not a folder: name a run's folder");
    }

    @Test
    void readsAnUnsoundTopologyInPart() throws IOException {
        write("experiment.json", EXPERIMENT);
        write(
                "topology.json",
                "{\"name\":\"p\",\"nodes\":{\"a\":{},\"b\":{\"address\":\"10.9.9.9\"}},"
                    + "\"links\":[{\"between\":[\"a\",\"b\"],\"delay\":\"2ms\",\"colour\":\"red\"}]}");

        Run run = RunReader.read(folder);

        assertThat(run.network().links()).containsExactly(new Network.Link("a", "b", 2));
        assertThat(
                        String.valueOf(
                                java.util.Objects.requireNonNull(run.network().node("b"))
                                        .address()))
                .isEqualTo("10.9.9.9");
        assertThat(run.problems())
                .contains("topology.json: read in part, since it is no sound topology");
    }
}
