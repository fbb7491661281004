package vini.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vini.experiment.spec.Experiment;
import vini.experiment.spec.ExperimentFile;
import vini.overlay.json.Problems;

import java.nio.file.Path;

/** What {@code vini new} writes is sound input. */
class StarterSoundTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"ring:3", "ring:4", "grid:2x2", "grid:5x5"})
    void readsWithoutAMistake(String shape) {
        String name = "a2345678901234567890123456789012";
        assertThat(new CommandRun().run("new", name, "--shape", shape, "--in", folder.toString()))
                .isZero();

        Problems problems = new Problems();
        Path file = folder.resolve("experiments/" + name + "-failure.json");
        Experiment experiment = ExperimentFile.read(file, problems);
        assertThat(problems.notes()).isEmpty();
        assertThat(experiment.events()).hasSize(2);
    }
}
