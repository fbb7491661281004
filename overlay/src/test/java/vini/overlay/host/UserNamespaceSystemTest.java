package vini.overlay.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vini.net.IpAddress;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Kernel hosts of a user without rights: the keeper is root of a user namespace, and only there.
 */
class UserNamespaceSystemTest {
    @TempDir private Path folder = Path.of("");

    /** Holds a kernel host until its standard input ends, as a keeper does. */
    static final class Keeper {
        private Keeper() {}

        public static void main(String[] arguments) throws IOException {
            List<IpAddress> addresses = List.of(IpAddress.parse("10.77.0.1"));
            try (KernelNamespace host = KernelNamespace.create(addresses, 1400)) {
                System.out.println(host.path());
                System.out.println(host.namespace().identity());
                int end = System.in.read();
                assert end < 0;
            }
        }
    }

    @Test
    void aKernelHostIsMadeAndEnteredFromOutside() throws Exception {
        Possibility possible = Capabilities.kernelHostsByUserNamespace();
        assumeTrue(possible.possible(), possible.sentence());
        Process keeper =
                new ProcessBuilder(
                                Capabilities.asRootOfAUserNamespace(
                                        ForkedJvm.command(Keeper.class)))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader said = keeper.inputReader(StandardCharsets.UTF_8)) {
            String path = said.readLine();
            String identity = said.readLine();
            Path hosts = Files.writeString(folder.resolve("hosts"), "10.77.0.1 wash\n");
            List<String> inside = new ArrayList<>(Exec.prefixFor(keeper.pid()));
            assertThat(inside).startsWith("nsenter");
            inside.addAll(
                    ForkedJvm.command(
                            ExecSystemTest.Program.class,
                            path,
                            hosts.toString(),
                            "sh",
                            "-c",
                            "cat /etc/hosts; readlink /proc/self/ns/net"));
            Process program =
                    new ProcessBuilder(inside)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            assertThat(program.inputReader(StandardCharsets.UTF_8).lines().toList())
                    .containsExactly("10.77.0.1 wash", identity);
            assertThat(program.waitFor()).isZero();
            keeper.getOutputStream().close();
            assertThat(keeper.waitFor()).isZero();
        } finally {
            keeper.destroyForcibly();
        }
    }

    @Test
    void nothingStandsBeforeACommandInTheSameUserNamespace() throws IOException {
        assertThat(Exec.prefixFor(ProcessHandle.current().pid())).isEmpty();
    }
}
