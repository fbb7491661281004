package vini.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vini.experiment.run.RunFolder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class LocalSurroundingsTest {
    @TempDir Path folder;
    private final LocalSurroundings here = new LocalSurroundings(Map.of(), "1", List.of("run"));

    @Test
    void whatWasMadeForARunThatDidNotBeginIsTakenBack() throws IOException {
        RunFolder run = here.runFolder(folder.resolve("a/b/c"), "mine");
        assertThat(run.path()).isEmptyDirectory();
        here.discardEmpty(run);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatIsTheUsersStays() throws IOException {
        Files.createDirectories(folder.resolve("a/b"));
        here.discardEmpty(here.runFolder(folder.resolve("a/b"), "mine"));
        assertThat(folder.resolve("a/b")).isEmptyDirectory();
    }

    @Test
    void aRunThatHasBegunStays() throws IOException {
        RunFolder run = here.runFolder(folder.resolve("a"), "mine");
        Path file = Files.writeString(run.path().resolve("file"), "");
        here.discardEmpty(run);
        assertThat(file).exists();
        assertThatThrownBy(() -> here.runFolder(folder.resolve("a"), "mine"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("holds something already");
    }
}
