package vini.experiment.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vini.experiment.run.RunReader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Two nodes, 5 ms apart, and echoes that take a little more than the links. */
class AddedDelayTest {
    @TempDir Path folder;

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private Summary summary(double rttMs, String more, String events) throws IOException {
        write(
                "topology.json",
                "{\"name\":\"pair\",\"nodes\":{\"a\":{},\"b\":{}},\"links\":[{\"between\":[\"a\",\"b\"],"
                    + "\"delay\":\"5ms\""
                        + more
                        + "}]}");
        write(
                "experiment.json",
                "{\"name\":\"pair\",\"duration\":\"10s\",\"probes\":[{\"name\":\"rtt\",\"ping\":"
                        + "{\"from\":\"a\",\"to\":\"b\"}}]}");
        write("environment.json", "{\"ending\":\"finished\",\"ended_s\":10}");
        write("events.jsonl", events);
        write(
                "routes.jsonl",
                """
                {"t_s":-0.5,"node":"a","op":"set","prefix":"10.77.0.2/32","next":["b"]}
                {"t_s":-0.5,"node":"b","op":"set","prefix":"10.77.0.1/32","next":["a"]}
                """);
        write("packets.json", "{\"sent\":2,\"delivered\":2,\"in_flight\":0,\"dropped\":{}}");
        write(
                "rtt.csv",
                "seq,sent_s,received_s,rtt_ms,ttl\n1,1.0,1.01,"
                        + rttMs
                        + ",63\n2,2.0,2.01,"
                        + rttMs
                        + ",63\n");
        return Summary.of(Analysis.of(RunReader.read(folder), WayPicker.FIRST));
    }

    @Test
    void aMachineThatAddsLittleIsTrusted() throws IOException {
        Summary summary = summary(10.4, "", "");
        AddedDelay added = Objects.requireNonNull(AddedDelay.of(summary.analysis()));
        assertThat(added.linksMs()).isEqualTo(10);
        assertThat(added.millis()).isBetween(0.39, 0.41);
        assertThat(summary.doubts()).isEmpty();
    }

    @Test
    void aMachineThatAddsMuchIsDoubted() throws IOException {
        assertThat(summary(13.1, "", "").doubts())
                .containsExactly(
                        "echoes of probe rtt took 3.1 ms more than the links' delays (10.0 ms):"
                                + " the machine adds to them");
    }

    @Test
    void whereSomethingElseTakesTimeNothingIsSaid() throws IOException {
        assertThat(summary(19, ", \"rate\": \"1Mbps\"", "").doubts()).isEmpty();
        assertThat(
                        summary(
                                        19,
                                        "",
                                        "{\"event\":\"set\",\"link\":[\"a\",\"b\"],"
                                                + "\"planned_s\":0.5}\n")
                                .doubts())
                .isEmpty();
    }
}
