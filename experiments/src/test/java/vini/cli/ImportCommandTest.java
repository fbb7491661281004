package vini.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class ImportCommandTest {
    private static final String GML =
            """
            graph [ label "Two" Source "by hand"
              node [ id 0 label "A" ] node [ id 1 label "B" ] edge [ source 0 target 1 delay 3 ] ]
            """;

    private final CommandRun vini = new CommandRun();

    @TempDir Path folder;

    private Path gml() throws IOException {
        return Files.writeString(folder.resolve("two.gml"), GML);
    }

    @Test
    void withoutOutTheTopologyGoesToStandardOutputAndTheRestToStandardError() throws Exception {
        Path file = gml();
        assertThat(vini.run("import", file.toString())).isZero();

        assertThat(new ObjectMapper().readTree(vini.out()).at("/links/0/delay").asString())
                .isEqualTo("3ms");
        assertThat(vini.err().lines())
                .containsExactly(
                        "note: attributes of the graph without a place here: Source",
                        file + ": GML, 2 nodes, 1 link, connected, 1 note");
    }

    @Test
    void whatIsWrittenValidates() throws Exception {
        Path out = folder.resolve("made/two.json");
        assertThat(vini.run("import", gml().toString(), "-o", out.toString())).isZero();
        assertThat(vini.out()).isEmpty();
        assertThat(vini.run("validate", out.toString())).isZero();
        assertThat(Files.readString(out))
                .contains("topology.schema.json", "\"between\": [\"a\", \"b\"]");
    }

    @Test
    void aFileThatIsThereIsLeftAloneUnlessForced() throws Exception {
        Path out = Files.writeString(folder.resolve("two.json"), "precious");
        String[] command = {"import", gml().toString(), "-o", out.toString(), "--name", "mine"};
        assertThat(vini.run(command)).isEqualTo(2);
        assertThat(vini.err()).contains("two.json is there already");
        assertThat(out).hasContent("precious");

        command[2] = "--out=" + out;
        command[3] = "--force";
        assertThat(vini.run(command)).isZero();
        assertThat(Files.readString(out)).contains("\"name\": \"mine\"");
    }

    @Test
    void jsonHasCountsNotesAndTheTopology() throws Exception {
        assertThat(vini.run("import", gml().toString(), "--json")).isZero();

        JsonNode json = new ObjectMapper().readTree(vini.out());
        assertThat(json.path("format").asString()).isEqualTo("gml");
        assertThat(json.path("nodes").asInt()).isEqualTo(2);
        assertThat(json.path("parts").asInt()).isEqualTo(1);
        assertThat(json.at("/notes/0/things/0").asString()).isEqualTo("Source");
        assertThat(json.at("/topology/name").asString()).isEqualTo("two");
        assertThat(vini.err()).isEmpty();
    }

    @Test
    void whatCannotBeImportedIsRefusedWithItsPlace() throws Exception {
        Path odd = Files.writeString(folder.resolve("odd.txt"), "hello\n");
        assertThat(vini.run("import", odd.toString())).isEqualTo(2);
        assertThat(vini.err()).contains("odd.txt: is in no format that is known here", "--format");

        assertThat(vini.run("import", odd.toString(), "--format", "gmll")).isEqualTo(2);
        assertThat(vini.err()).contains("did you mean \"gml\"?");

        assertThat(vini.run("import", odd.toString(), "--format", "gml")).isEqualTo(2);
        assertThat(vini.err()).contains("odd.txt:1:1: the key \"hello\" has no value");

        assertThat(vini.run("import", folder.resolve("none").toString())).isEqualTo(2);
        assertThat(vini.err()).contains("there is no such file");

        Path vinis = Files.writeString(folder.resolve("a.json"), "{\"name\": \"a\"}");
        assertThat(vini.run("import", vinis.toString())).isEqualTo(2);
        assertThat(vini.err()).contains("needs no import");
    }

    @Test
    void aScheduleIsAnExperimentBesideTheTopology() throws Exception {
        Path ns =
                Files.writeString(
                        folder.resolve("lab.ns"),
                        """
                        set ns [new Simulator]
                        set a [$ns node]
                        set b [$ns node]
                        set l0 [$ns duplex-link $a $b 10Mb 5ms DropTail]
                        $ns at 10.0 "$l0 down"
                        $ns at 20.0 "$l0 up"
                        $ns at 25 "$l0 modify DELAY=40ms"
                        """);
        Path out = folder.resolve("lab.json");
        assertThat(vini.run("import", ns.toString(), "-o", out.toString())).isZero();
        Path schedule = folder.resolve("lab-schedule.json");
        assertThat(vini.err()).contains("connected; 3 events in " + schedule);
        assertThat(vini.run("validate", out.toString(), schedule.toString())).isZero();

        assertThat(vini.run("import", ns.toString())).isZero();
        assertThat(vini.err()).contains("3 events (-o writes an experiment)");
    }
}
