package vini.experiment.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import vini.overlay.json.Problems;
import vini.overlay.topology.TopologyFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The schemas in docs/schema come from the records, and agree with the reader. */
class SchemaTest {
    private static final Path DOCS = Path.of("../docs");
    private static final String UPDATE =
            "mvn -pl experiments -am test -Dtest=SchemaTest -Dsurefire.failIfNoSpecifiedTests=false"
                    + " -Dvini.schema=write";

    @Test
    void theSchemasInDocsAreCurrent() throws IOException {
        same("topology", TopologyFile.schema());
        same("experiment", ExperimentFile.schema());
    }

    private static void same(String name, String schema) throws IOException {
        Path file = DOCS.resolve("schema/" + name + ".schema.json");
        if ("write".equals(System.getProperty("vini.schema"))) {
            Files.createDirectories(DOCS.resolve("schema"));
            Files.writeString(file, schema);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as("%s is not what the records say; update it by: %s", file, UPDATE)
                .isEqualTo(schema);
    }

    static Stream<Path> topologies() throws IOException {
        return json("../topologies");
    }

    static Stream<Path> experiments() throws IOException {
        return json(".");
    }

    private static Stream<Path> json(String folder) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            List<Path> sorted =
                    files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
            assertThat(sorted).isNotEmpty();
            return sorted.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("topologies")
    void shippedTopologiesAreSound(Path file) throws IOException {
        assertThat(errors(TopologyFile.schema(), Files.readString(file))).isEmpty();
        Problems problems = new Problems();
        String written = TopologyFile.write(TopologyFile.read(file, problems));
        assertThat(problems.notes()).isEmpty();
        assertThat(errors(TopologyFile.schema(), written)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("experiments")
    void shippedExperimentsAreSound(Path file) throws IOException {
        assertThat(errors(ExperimentFile.schema(), Files.readString(file))).isEmpty();
        String written = ExperimentFile.write(ExperimentFile.read(file, new Problems()));
        assertThat(errors(ExperimentFile.schema(), written)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"name\": \"t\"}",
                "{\"name\": \"T\", \"nodes\": {\"a\": {}}}",
                "{\"name\": \"t\", \"nodes\": {}}",
                "{\"name\": \"t\", \"nodes\": {\"A\": {}}}",
                "{\"name\": \"t\", \"nodes\": {\"a\": {\"lable\": \"x\"}}}",
                "{\"name\": \"t\", \"nodes\": {\"a\": {\"location\": [91, 0]}}}",
                "{\"name\": \"t\", \"nodes\": {\"a\": {}}, \"hosts\": \"kernal\"}",
                "{\"name\": \"t\", \"nodes\": {\"a\": {}}, \"routing\": \"frr\"}",
                "{\"name\": \"t\", \"nodes\": {\"a\": {}}, \"links\": [{}]}",
                "{\"name\": \"t\", \"nodes\": {\"a\": {}}, \"links\": [{\"between\": [\"a\","
                        + " \"a\"]}]}",
                "{\"name\": \"t\", \"nodes\": {\"a\": {}, \"b\": {}}, \"links\": [{\"between\":"
                        + " [\"a\", \"b\"], \"delay\": \"5 msec\"}]}",
                "{\"name\": \"t\", \"nodes\": {\"a\": {}, \"b\": {}}, \"links\": [{\"between\":"
                        + " [\"a\", \"b\"], \"delay\": \"-5ms\"}]}",
                "{\"name\": \"t\", \"nodes\": {\"a\": {}, \"b\": {}}, \"links\": [{\"between\":"
                        + " [\"a\", \"b\"], \"cost\": 65536}]}",
            })
    void theSchemaRefusesWhatTheReaderRefuses(String topology) {
        assertThat(errors(TopologyFile.schema(), topology)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": \"e\", \"duration\": \"1s\"}",
                "{\"name\": \"e\", \"topology\": \"t.json\"}",
                "{\"name\": \"e\", \"topology\": {}, \"duration\": \"1s\"}",
                "{\"name\": \"e\", \"topology\": \"t.json\", \"duration\": \"1s\", \"probes\":"
                        + " [{\"name\": \"p\"}]}",
                "{\"name\": \"e\", \"topology\": \"t.json\", \"duration\": \"1s\", \"events\":"
                        + " [{\"at\": \"0s\", \"fail\": {\"link\": [\"a\", \"b\"], \"mode\":"
                        + " \"quiet\"}}]}",
                "{\"name\": \"e\", \"topology\": \"t.json\", \"duration\": \"1s\", \"expect\":"
                        + " [{\"that\": \"packets.sent\"}]}",
                "{\"name\": \"e\", \"topology\": \"t.json\", \"duration\": \"1s\", \"expect\":"
                        + " [{\"that\": \"packets.sent\", \"above\": 1, \"below\": 2}]}",
            })
    void theSchemaRefusesAMistakenExperiment(String experiment) {
        assertThat(errors(ExperimentFile.schema(), experiment)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"topology", "experiment"})
    void theExamplesInTheManualAreSound(String name) throws IOException {
        String manual = Files.readString(DOCS.resolve(name + ".md"));
        String schema = name.equals("topology") ? TopologyFile.schema() : ExperimentFile.schema();
        int found = 0;
        for (int at = manual.indexOf("```json"); at >= 0; at = manual.indexOf("```json", at + 1)) {
            String example = manual.substring(at + 7, manual.indexOf("```", at + 7)).strip();
            if (example.startsWith("{ \"$schema\"")) {
                found++;
                assertThat(errors(schema, example)).as(example).isEmpty();
                Path file = Files.createTempFile(Path.of("../topologies"), "manual", ".tmp");
                try {
                    Files.writeString(file, example);
                    if (name.equals("topology")) {
                        assertThat(TopologyFile.read(file, new Problems())).isNotNull();
                    } else {
                        assertThat(ExperimentFile.read(file, new Problems())).isNotNull();
                    }
                } finally {
                    Files.delete(file);
                }
            }
        }
        assertThat(found).isPositive();
    }

    private static List<String> errors(String schema, String instance) {
        Schema checked =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema);
        return checked.validate(instance, InputFormat.JSON).stream().map(Object::toString).toList();
    }
}
