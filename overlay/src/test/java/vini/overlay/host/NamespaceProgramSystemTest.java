package vini.overlay.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Starts real programs in a namespace. */
class NamespaceProgramSystemTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir Path folder;
    private final List<String> told = new CopyOnWriteArrayList<>();
    private NetworkNamespace namespace;

    private final NamespaceProgram.Listener listener =
            new NamespaceProgram.Listener() {
                @Override
                public void said(long nanos, String line) {
                    told.add(line);
                }

                @Override
                public void ended(long nanos, int status) {
                    told.add("ended " + status);
                }
            };

    @BeforeEach
    void make() throws IOException {
        Possibility kernelHosts = Capabilities.kernelHosts();
        assumeTrue(kernelHosts.possible(), kernelHosts.sentence());
        namespace = NetworkNamespace.create();
    }

    @AfterEach
    void close() throws IOException {
        if (namespace != null) {
            namespace.close();
        }
    }

    private NamespaceProgram start(String script) throws IOException {
        Path hosts = Files.writeString(folder.resolve("hosts"), "10.77.0.1 wash\n");
        return NamespaceProgram.start(
                namespace.path(), hosts, folder, List.of("sh", "-c", script), listener);
    }

    private void awaitTold(String line) {
        await().atMost(PATIENCE).until(() -> told.contains(line));
    }

    @Test
    void runsInTheNamespaceWithItsOwnHostsFileAndFolder() throws IOException {
        NamespaceProgram program =
                start("cat /etc/hosts; readlink /proc/self/ns/net; pwd; cat; echo no >&2; exit 7");
        awaitTold("ended 7");
        assertThat(told)
                .containsExactly(
                        "10.77.0.1 wash",
                        namespace.identity(),
                        folder.toRealPath().toString(),
                        "no",
                        "ended 7");
        program.end();
        assertThat(Files.readString(Path.of("/etc/hosts"))).doesNotContain("10.77.0.1 wash");
    }

    @Test
    void isAskedToEndWithAllThatItHasStarted() throws IOException {
        NamespaceProgram program =
                start("trap 'echo asked; exit 3' TERM; sleep 987 & echo ready; wait");
        awaitTold("ready");
        program.stop();
        awaitTold("ended 3");
        assertThat(told).containsExactly("ready", "asked", "ended 3");
        awaitNothingIsLeft();
    }

    @Test
    void isEndedIfItDoesNotListen() throws IOException {
        NamespaceProgram program = start("trap '' TERM; echo ready; sleep 987; sleep 987");
        awaitTold("ready");
        program.end();
        assertThat(told).containsExactly("ready", "ended 137");
        awaitNothingIsLeft();
    }

    @Test
    void whatItLeavesBehindEndsWithIt() throws IOException {
        NamespaceProgram program = start("sleep 987 & exit 0");
        awaitTold("ended 0");
        awaitNothingIsLeft();
        program.end();
    }

    @Test
    void nothingOutlivesAProcessThatIsKilled() throws Exception {
        List<String> command =
                ForkedJvm.command(Keeper.class, folder.toString(), "echo ready; sleep 987");
        Process keeper = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            assertThat(keeper.inputReader().readLine()).isEqualTo("ready");
            assertThat(left()).isNotEmpty();
        } finally {
            keeper.destroyForcibly().waitFor();
        }
        awaitNothingIsLeft();
    }

    /** Holds a program until it is killed: FOLDER SCRIPT. */
    static final class Keeper {
        private Keeper() {}

        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            Path hosts = Files.writeString(folder.resolve("hosts"), "10.77.0.1 wash\n");
            NamespaceProgram ignored =
                    NamespaceProgram.start(
                            NetworkNamespace.create().path(),
                            hosts,
                            folder,
                            Arrays.asList("sh", "-c", arguments[1]),
                            new NamespaceProgram.Listener() {
                                @Override
                                public void said(long nanos, String line) {
                                    System.out.println(line);
                                }

                                @Override
                                public void ended(long nanos, int status) {}
                            });
            Thread.sleep(60_000);
            ignored.end();
        }
    }

    @Test
    void muchThatIsSaidIsLeftOut() throws IOException {
        NamespaceProgram program = start("head -c 9999 /dev/zero | tr '\\0' x; seq 20000");
        awaitTold("ended 0");
        assertThat(told.getFirst()).hasSize(4096).startsWith("xxx");
        assertThat(told).hasSize(10_002).contains("(what comes after 10000 lines is left out)");
        program.end();
    }

    private void awaitNothingIsLeft() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(left()).isEmpty());
    }

    /** Processes of these tests: those that work in their folder. */
    private List<String> left() throws IOException {
        List<String> left = new ArrayList<>();
        try (var all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : all) {
                try {
                    if (process.resolve("cwd").toRealPath().equals(folder.toRealPath())) {
                        left.add(Files.readString(process.resolve("cmdline")));
                    }
                } catch (IOException e) {
                    // it has just ended
                }
            }
        }
        return left;
    }
}
