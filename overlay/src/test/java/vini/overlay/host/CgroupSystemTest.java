package vini.overlay.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes cgroups, where the machine allows it. */
class CgroupSystemTest {
    private static final String SLICE = "test-" + ProcessHandle.current().pid();

    /** Machines with version 1 controllers have the tree of version 2 beside them. */
    @Test
    void aTreeOfVersion2ServesAlone() throws Exception {
        Path mount = Path.of("/sys/fs/cgroup/unified");
        assumeTrue(Files.exists(mount.resolve("cgroup.controllers")), "no version 2 beside 1");
        Cgroup group = Cgroup.open(mount, SLICE, "two");
        assumeTrue(group.available(), group.possibility().sentence());
        Process sleep = new ProcessBuilder("sleep", "1000").start();
        try {
            group.add(sleep.pid());
            assertThat(groups(sleep.pid())).contains("0::/vini/" + SLICE + "/two");
        } finally {
            sleep.destroyForcibly().waitFor();
            group.remove();
        }
        assertThat(foldersNamed(SLICE)).isEmpty();
    }

    @Test
    void aProcessIsInTheGroupWithItsChildrenUntilItsEnd() throws Exception {
        Cgroup group = Cgroup.open(SLICE, "forwarder");
        assumeTrue(group.available(), group.possibility().sentence());
        // The shell starts a child, which must be in the group with it and ends with its pipe; a
        // shell gives what is in the background /dev/null as descriptor 0, hence 3.
        Process shell =
                new ProcessBuilder("sh", "-c", "read go; exec 3<&0; cat <&3 & echo $!; wait")
                        .start();
        try {
            group.add(shell.pid());
            shell.getOutputStream().write('\n');
            shell.getOutputStream().flush();
            long child = Long.parseLong(shell.inputReader().readLine());
            assertThat(groups(shell.pid())).contains("/vini/" + SLICE + "/forwarder");
            assertThat(groups(child)).contains("/vini/" + SLICE + "/forwarder");
            Cgroup.removeEmpty(SLICE);
            assertThat(foldersNamed(SLICE)).isNotEmpty(); // it was not empty
        } finally {
            shell.getOutputStream().close();
            shell.waitFor();
            group.remove();
        }
        assertThat(foldersNamed(SLICE)).isEmpty();
    }

    private static String groups(long pid) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(pid), "cgroup"));
    }

    @Test
    void whatADeadSliceLeftIsRemoved() throws IOException {
        Cgroup left = Cgroup.open(SLICE + "-dead", "router");
        assumeTrue(left.available(), left.possibility().sentence());
        assertThat(foldersNamed(SLICE + "-dead")).isNotEmpty();
        Cgroup.removeEmpty(SLICE + "-dead");
        assertThat(foldersNamed(SLICE + "-dead")).isEmpty();
    }

    private static List<Path> foldersNamed(String name) throws IOException {
        try (var below = Files.walk(Path.of("/sys/fs/cgroup"), 3)) {
            return below.filter(p -> p.endsWith(name)).toList();
        }
    }
}
