package vini.overlay.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import vini.overlay.host.Cgroup;
import vini.overlay.host.Worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A program that comes and goes, with the real clock. */
@Timeout(60)
class SupervisedProcessSystemTest implements SupervisedProcess.Listener {
    @TempDir Path folder;
    private final Worker worker = new Worker("supervised-test");
    private final List<String> told = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        worker.close();
    }

    @Override
    public void ready(SupervisedProcess process) {}

    @Override
    public void died(SupervisedProcess process, int status) {
        told.add("died " + status);
    }

    @Override
    public void notStarted(SupervisedProcess process, String reason) {
        told.add("not started: " + reason);
    }

    private void program(String text) throws IOException {
        Path fresh = Files.writeString(folder.resolve("fresh"), "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwx------"));
        Files.move(fresh, folder.resolve("program"));
    }

    @Test
    void aProcessThatCannotBeStartedAgainIsToldOfAndComesWhenItCan() throws Exception {
        program("rm \"$0\"; exit 3");
        SupervisedProcess process =
                new SupervisedProcess(
                        "program",
                        List.of(folder.resolve("program").toString()),
                        folder,
                        Cgroup.open("test-" + ProcessHandle.current().pid(), "program"),
                        worker,
                        this);
        worker.run(process::start);
        try {
            await().until(() -> told.size() >= 3);
            assertThat(told.getFirst()).isEqualTo("died 3");
            assertThat(told.subList(1, 3))
                    .allSatisfy(
                            line ->
                                    assertThat(line)
                                            .startsWith("not started: ")
                                            .contains("No such file"));
            assertThat((long) worker.call(process::pid)).isEqualTo(-1);
            program("read end");
            await().until(() -> worker.call(process::pid) > 0);
        } finally {
            worker.run(process::stop);
        }
        assertThat((long) worker.call(process::pid)).isEqualTo(-1);
    }
}
