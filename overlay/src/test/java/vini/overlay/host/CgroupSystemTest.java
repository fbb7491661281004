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
    void aTreeOfVersion2ServesAlone() throws IOException {
        Path mount = Path.of("/sys/fs/cgroup/unified");
        assumeTrue(Files.exists(mount.resolve("cgroup.controllers")), "no version 2 beside 1");
        Cgroup group = Cgroup.open(mount, SLICE, "two");
        assumeTrue(group.available(), group.possibility().sentence());
        Process sleep = new ProcessBuilder("sleep", "1000").start();
        try {
            group.add(sleep.pid());
            assertThat(group.processes()).containsExactly((int) sleep.pid());
            assertThat(group.cpuNanos()).isPresent();
            assertThat(group.memoryBytes()).isEmpty(); // its controller serves version 1 here
            group.killAll();
            assertThat(sleep.onExit().join().exitValue()).isEqualTo(128 + 9);
        } finally {
            sleep.destroyForcibly();
            group.remove();
        }
    }

    @Test
    void countsKillsAndRemovesTheProcessesOfAGroup() throws Exception {
        Cgroup group = Cgroup.open(SLICE, "forwarder");
        assumeTrue(group.available(), group.possibility().sentence());
        // The shell starts a child, which must be in the group with it.
        Process shell = new ProcessBuilder("sh", "-c", "read go; sleep 1000 & wait").start();
        try {
            group.add(shell.pid());
            shell.getOutputStream().write('\n');
            shell.getOutputStream().flush();
            while (group.processes().size() < 2) {
                Thread.onSpinWait();
            }
            assertThat(group.cpuNanos()).isPresent();
            assertThat(group.cpuNanos().getAsLong()).isPositive();
            assertThat(group.memoryBytes()).isPresent();
            group.limitTasks(100);
            group.limitMemory(1L << 30);
            Cgroup.removeEmpty(SLICE);
            assertThat(group.processes()).hasSize(2); // it was not empty
            group.killAll();
            assertThat(shell.waitFor()).isEqualTo(128 + 9);
            assertThat(group.processes()).isEmpty();
        } finally {
            shell.destroyForcibly();
            group.remove();
        }
        assertThat(foldersNamed(SLICE)).isEmpty();
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
