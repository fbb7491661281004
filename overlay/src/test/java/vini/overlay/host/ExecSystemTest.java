package vini.overlay.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vini.forwarder.io.ProcessCalls;
import vini.net.IpAddress;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Starts JVMs that become other programs. */
class ExecSystemTest {
    private static final IpAddress NODE = IpAddress.parse("10.77.0.1");

    @TempDir private Path folder = Path.of("");

    /** The program that is replaced: NAMESPACE HOSTS COMMAND... */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws IOException {
            List<String> all = Arrays.asList(arguments);
            System.err.println(
                    Exec.into(all.get(0), Path.of(all.get(1)), all.subList(2, all.size()))
                            .getMessage());
            System.exit(4);
        }
    }

    @BeforeEach
    void rights() {
        Possibility kernelHosts = Capabilities.kernelHosts();
        assumeTrue(kernelHosts.possible(), kernelHosts.sentence());
    }

    @Test
    void becomesTheProgramInTheNamespaceWithItsOwnHostsFile() throws Exception {
        try (KernelNamespace host = KernelNamespace.create(List.of(NODE), 1400)) {
            Process process =
                    start(
                            host,
                            "sh",
                            "-c",
                            "cat /etc/hosts; readlink /proc/self/ns/net; echo $$;"
                                    + " ls /proc/self/fd | wc -l; grep SigBlk /proc/self/status;"
                                    + " exit 7");
            List<String> said = process.inputReader(StandardCharsets.UTF_8).lines().toList();
            assertThat(process.waitFor()).isEqualTo(7);
            assertThat(said)
                    .containsExactly(
                            "10.77.0.1 wash",
                            host.namespace().identity(),
                            Long.toString(process.pid()),
                            "4", // the three standard streams and that of ls
                            "SigBlk:\t0000000000000000");
        }
        assertThat(Files.readString(Path.of("/etc/hosts"))).doesNotContain("10.77.0.1 wash");
    }

    @Test
    void theProgramDiesOfTheSignalThatItGets() throws Exception {
        try (KernelNamespace host = KernelNamespace.create(List.of(NODE), 1400)) {
            Process process = start(host, "sh", "-c", "echo ready; exec sleep 1000");
            assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("ready");
            int signal = ignoresInterrupts() ? ProcessCalls.SIGTERM : ProcessCalls.SIGINT;
            ProcessCalls.kill((int) process.pid(), signal);
            assertThat(process.waitFor()).isEqualTo(128 + signal);
        }
    }

    /** A shell has what it starts in the background ignore SIGINT, and a program inherits that. */
    private static boolean ignoresInterrupts() throws IOException {
        String ignored =
                Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .findFirst()
                        .orElseThrow();
        long mask = Long.parseUnsignedLong(ignored.substring(ignored.indexOf('\t') + 1), 16);
        return (mask & 1L << (ProcessCalls.SIGINT - 1)) != 0;
    }

    @Test
    void aMissingProgramIsAMessageAndNothingElse() throws Exception {
        try (KernelNamespace host = KernelNamespace.create(List.of(NODE), 1400)) {
            Process process = start(host, "no-such-program");
            assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("execvp no-such-program: No such file or directory (ENOENT)");
            assertThat(process.waitFor()).isEqualTo(4);
        }
    }

    private Process start(KernelNamespace host, String... command) throws IOException {
        Path hosts = Files.writeString(folder.resolve("hosts"), "10.77.0.1 wash\n");
        List<String> all = ForkedJvm.command(Program.class, host.path(), hosts.toString());
        all.addAll(List.of(command));
        return new ProcessBuilder(all).start();
    }
}
