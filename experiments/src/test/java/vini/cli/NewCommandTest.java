package vini.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

import java.nio.file.Files;
import java.nio.file.Path;

class NewCommandTest {
    private final CommandRun vini = new CommandRun();

    @TempDir Path folder;

    @Test
    void aGridOfTwoByThreeHasSevenLinks() throws Exception {
        assertThat(vini.run("new", "mesh", "--shape", "grid:2x3", "--in", folder.toString()))
                .isZero();

        JsonNode topology = json("topologies/mesh.json");
        assertThat(topology.get("nodes").propertyNames())
                .containsExactly("r1c1", "r1c2", "r1c3", "r2c1", "r2c2", "r2c3");
        assertThat(topology.get("links").size()).isEqualTo(7);
        JsonNode experiment = json("experiments/mesh-failure.json");
        assertThat(experiment.get("topology").asString()).isEqualTo("../topologies/mesh.json");
        assertThat(experiment.at("/events/0/fail/link/1").asString()).isEqualTo("r1c2");
        assertThat(vini.out()).contains("vini run " + folder.resolve("experiments"));
    }

    @Test
    void aRingGoesAroundTheOtherWay() throws Exception {
        assertThat(vini.run("new", "o", "--shape", "ring:6", "--in", folder.toString())).isZero();

        assertThat(json("topologies/o.json").at("/links/5/between/1").asString()).isEqualTo("n1");
        assertThat(json("experiments/o-failure.json").at("/expect/2/between/0").asDouble())
                .isEqualTo(19.9);
    }

    @Test
    void aFileThatIsThereIsLeftAlone() throws Exception {
        Path file = folder.resolve("experiments/mine-failure.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "precious");

        assertThat(vini.run("new", "mine", "--in", folder.toString())).isEqualTo(2);
        assertThat(vini.err()).contains("mine-failure.json is there already");
        assertThat(file).hasContent("precious");
        assertThat(folder.resolve("topologies")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Ring", "1st", "../up", "", "a b", "a123456789012345678901234567890123"})
    void aNameThatIsNoneIsRefused(String name) {
        assertThat(vini.run("new", name, "--in", folder.toString())).isEqualTo(2);
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "ring:2", "grid:1x9", "grid:99x99", "star:5", "ring:-4"})
    void aShapeThatIsNoneIsRefused(String shape) {
        assertThat(vini.run("new", "a", "--shape", shape, "--in", folder.toString())).isEqualTo(2);
        assertThat(vini.err()).contains("ring:6");
        assertThat(folder).isEmptyDirectory();
    }

    private JsonNode json(String file) throws Exception {
        return new ObjectMapper().readTree(Files.readString(folder.resolve(file)));
    }
}
