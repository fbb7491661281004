package vini.overlay.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

class StateRootTest {
    @TempDir private Path temporary = Path.of("");

    @Test
    void theRuntimeFolderOfTheUserComesFirst() throws IOException {
        StateRoot root = StateRoot.of(Map.of("XDG_RUNTIME_DIR", temporary.toString()));
        assertThat(root.path()).isEqualTo(temporary.resolve("vini"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.path())))
                .isEqualTo("rwx------");
    }

    @Test
    void aUserNamespaceDoesNotChangeWhoTheUserIs() {
        assertThat(StateRoot.outsideUser(List.of("         0       1000          1"), 0))
                .isEqualTo(1000);
        assertThat(StateRoot.outsideUser(List.of("0 0 4294967295"), 7)).isEqualTo(7);
        assertThat(StateRoot.outsideUser(List.of("0 1000 1", "1 100000 65536"), 5))
                .isEqualTo(100004);
    }

    @Test
    void aLinkInPlaceOfTheFolderIsRefused() throws IOException {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), temporary);
        assertThatThrownBy(() -> StateRoot.at(link))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a folder of this user's own");
    }

    @Test
    void aSliceHasOneKeeper() throws IOException {
        StateRoot root = StateRoot.at(temporary.resolve("s"));
        StateFolder first = root.take("abilene").orElseThrow();
        assertThat(root.take("abilene")).isEmpty();
        assertThat(root.slices()).containsExactly(new StateRoot.Slice("abilene", true));
        first.close();
        assertThat(root.slices().getFirst()).isEqualTo(new StateRoot.Slice("abilene", false));
        root.take("abilene").orElseThrow().remove();
    }

    @Test
    void anotherProcessSeesTheLock() throws IOException {
        StateRoot root = StateRoot.at(temporary.resolve("s"));
        try (StateFolder taken = root.take("abilene").orElseThrow()) {
            assertThat(root.slices()).hasSize(1); // asking must not drop the lock
            assertThat(holdersOf(temporary.resolve("s/abilene.lock"))).isEqualTo(1);
            taken.remove();
        }
        assertThat(temporary.resolve("s")).isEmptyDirectory();
    }

    @Test
    void staleSlicesAreRemovedAndLiveOnesAreNot() throws IOException {
        StateRoot root = StateRoot.at(temporary.resolve("s"));
        try (StateFolder dead = root.take("dead").orElseThrow()) {
            Files.createDirectories(dead.path().resolve("deep/er"));
            Files.writeString(dead.path().resolve("deep/er/log"), "x");
        }
        Files.createDirectory(root.folder("without-lock"));
        try (StateFolder live = root.take("live").orElseThrow()) {
            assertThat(root.removeStale()).containsExactly("dead", "without-lock");
            assertThat(live.path()).exists();
            assertThat(root.slices()).containsExactly(new StateRoot.Slice("live", true));
        }
    }

    @Test
    void aSocketPathThatIsTooLongSaysWhatToDo() throws IOException {
        StateRoot root = StateRoot.at(temporary.resolve("a".repeat(90)));
        try (StateFolder folder = root.take("abilene").orElseThrow()) {
            assertThatThrownBy(() -> folder.socket("control"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("end at 107")
                    .hasMessageContaining("XDG_RUNTIME_DIR");
        }
    }

    @Test
    void aFileThatNoSliceCanBeIsNone() throws IOException {
        StateRoot root = StateRoot.at(temporary.resolve("s"));
        Files.createFile(root.path().resolve(".ports"));
        assertThat(root.slices()).isEmpty();
        assertThatThrownBy(() -> root.take("../x")).isInstanceOf(IllegalArgumentException.class);
    }

    /** POSIX write locks on the file, by /proc/locks, which names inodes. */
    private static long holdersOf(Path file) throws IOException {
        Object inode = Files.getAttribute(file, "unix:ino");
        return Files.readAllLines(Path.of("/proc/locks")).stream()
                .filter(l -> l.contains("POSIX") && l.contains("WRITE"))
                .filter(l -> l.contains(":" + inode + " "))
                .count();
    }
}
