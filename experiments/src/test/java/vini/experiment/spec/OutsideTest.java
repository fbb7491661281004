package vini.experiment.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.experiment.probe.PingSpec;
import vini.experiment.probe.ProgramSpec;
import vini.net.Ipv4Address;
import vini.overlay.json.InputException;
import vini.overlay.json.Problem;
import vini.overlay.json.Problems;
import vini.overlay.world.OutsideHost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Hosts outside of the slice, in experiment files. */
class OutsideTest {
    private static final String HEAD =
            """
            {"name": "e", "duration": "9s",
             "topology": {"name": "t", "nodes": {"in": {"ingress": true}, "mid": {},
                 "out": {"egress": {"address": "203.0.113.9"}}, "two": {"ingress": {"backs": "in"}}},
               "links": [{"between": ["in", "mid"]}, {"between": ["mid", "out"]},
                         {"between": ["two", "mid"]}]},
            """;

    @TempDir Path folder;

    private Experiment read(String rest) throws IOException {
        Path file = Files.writeString(folder.resolve("e.json"), HEAD + rest);
        return ExperimentFile.read(file, new Problems());
    }

    @Test
    void areHostsOfProbesBesideTheNodes() throws IOException {
        Experiment experiment =
                read(
                        """
                        "outside": {"user": {"behind": "in", "vpn": true},
                                    "web": {"behind": "out", "address": "64.236.16.20"}},
                        "probes": [{"name": "rtt", "ping": {"from": "user", "to": "web"}},
                                   {"name": "back", "ping": {"from": "out", "to": "user"}},
                                   {"name": "ls", "program": {"on": "web", "command": ["ls"]}}]}
                        """);
        assertThat(experiment.outsideHosts())
                .containsExactly(
                        new OutsideHost("user", "in", true, null),
                        new OutsideHost("web", "out", false, Ipv4Address.parse("64.236.16.20")));
        assertThat(experiment.nodeOf("user")).isEqualTo("in");
        assertThat(experiment.nodeOf("mid")).isEqualTo("mid");
        assertThat(experiment.probes().getFirst().spec()).isInstanceOf(PingSpec.class);
        assertThat(experiment.programs()).containsOnlyKeys("ls");
        ProgramSpec program = (ProgramSpec) experiment.probes().getLast().spec();
        assertThat(program.serves()).isFalse();
        assertThat(program.command()).isEqualTo(List.of("ls"));
        Path again =
                Files.writeString(folder.resolve("again.json"), ExperimentFile.write(experiment));
        assertThat(ExperimentFile.read(again, new Problems())).isEqualTo(experiment);
    }

    /** A file of a program is in the resolved experiment, so that a run folder stands alone. */
    @Test
    void filesOfProgramsAreTakenIntoTheExperiment() throws IOException {
        Files.writeString(folder.resolve("some.conf"), "a \"line\"\n");
        Experiment experiment =
                read(
                        """
                        "probes": [{"name": "ls", "program": {"on": "mid", "command": ["ls"],
                            "files": {"my.conf": "some.conf", "b": {"text": "bee"}}}}]}
                        """);
        Files.delete(folder.resolve("some.conf"));
        ProgramSpec program = Objects.requireNonNull(experiment.programs().get("ls"));
        assertThat(program.files())
                .containsEntry("my.conf", "a \"line\"\n")
                .containsEntry("b", "bee");
        Path again =
                Files.writeString(folder.resolve("again.json"), ExperimentFile.write(experiment));
        assertThat(ExperimentFile.read(again, new Problems())).isEqualTo(experiment);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "outside": {"u": {"behind": "inn", "vpn": true}} | no node "inn"; did you mean "in"?
                    "outside": {"u": {"vpn": true}} | an outside host needs "behind"
                    "outside": {"u": {"behind": "in", "vnp": true}} | unknown key "vnp" in an outside host; did you mean "vpn"?
                    "outside": {"mid": {"behind": "in", "vpn": true}} | "mid": is a node; give the outside host another name
                    "outside": {"U": {"behind": "in"}} | "U" is not a name: use 1-32 of a-z, 0-9 and -, with a letter first
                    "outside": {"u": {"behind": "mid"}} | "behind": "mid" has no door; give that node "egress": true, or "ingress": true
                    "outside": {"u": {"behind": "out", "vpn": true}} | "behind": no users enter by VPN at "out"; give that node "ingress": true
                    "outside": {"u": {"behind": "two", "vpn": true}} | "behind": no users enter by VPN at "two"; give that node "ingress": true
                    "outside": {"u": {"behind": "out", "address": "224.0.0.5"}} | "address": 224.0.0.5 is no IPv4 address of a single machine
                    "outside": {"u": {"behind": "out", "address": "2001:db8::1"}} | "address": 2001:db8::1 is no IPv4 address of a single machine
                    "outside": {"u": {"behind": "out", "address": "10.77.3.4"}} | "address": 10.77.3.4 belongs to the topology's "prefix"
                    "outside": {"u": {"behind": "out", "address": "10.87.3.4"}} | "address": 10.87.3.4 belongs to the topology's "users"
                    "outside": {"u": {"behind": "out", "address": "203.0.113.9"}} | "address": 203.0.113.9 belongs to the egress at out
                    "outside": {"u": {"behind": "out", "address": "198.51.100.7"}} | "address": 198.51.100.7 belongs to what is given to hosts without an "address"
                    "outside": {"u": {"behind": "out", "address": "8.8.8.8"}, "v": {"behind": "out", "address": "8.8.8.8"}} | "address": 8.8.8.8 belongs to u
                    "outside": {"user": {"behind": "in"}}, "probes": [{"name": "p", "ping": {"from": "usr", "to": "in"}}] | no node or outside host "usr"; did you mean "user"?
                    """)
    void namesTheMistake(String part, String message) throws IOException {
        assertThat(mistakes(part + "}")).hasSize(1).first().asString().endsWith(": " + message);
    }

    /** With a topology that cannot be read, names of nodes and hosts are not checked. */
    @Test
    void aMistakenTopologyIsReportedAlone() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("e.json"),
                        """
                        {"name": "e", "duration": "9s", "topology": "none.json",
                         "outside": {"u": {"behind": "in", "vpn": true}},
                         "probes": [{"name": "p", "ping": {"from": "u", "to": "in"}}]}
                        """);
        InputException wrong =
                catchThrowableOfType(
                        InputException.class, () -> ExperimentFile.read(file, new Problems()));
        assertThat(wrong.problems()).hasSize(1);
    }

    private List<String> mistakes(String rest) {
        InputException wrong = catchThrowableOfType(InputException.class, () -> read(rest));
        assertThat(wrong).as(rest).isNotNull();
        return wrong.problems().stream().map(Problem::toString).toList();
    }
}
