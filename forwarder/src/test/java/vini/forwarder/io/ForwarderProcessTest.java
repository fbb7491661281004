package vini.forwarder.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import vini.forwarder.control.ControlClient;
import vini.forwarder.control.ControlException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The forwarder as the process that a keeper starts. */
@Timeout(120)
class ForwarderProcessTest {
    @TempDir Path folder;
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("-XX:+UseSerialGC");
        command.add("-Xmx64m");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(ForwarderMain.class.getName());
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .redirectError(folder.resolve("stderr").toFile())
                        .start();
        started.add(process);
        return process;
    }

    private void graph(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve("graphs"));
        Files.writeString(folder.resolve("graphs").resolve(name), text);
    }

    private static BufferedReader out(Process process) {
        return new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static int end(Process process) throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("has ended").isTrue();
        return process.exitValue();
    }

    /** The first line that is none of a logger that nobody has configured. */
    private static String firstLine(BufferedReader out) throws IOException {
        String line = out.readLine();
        while (line != null && line.contains(" DEBUG ")) {
            line = out.readLine();
        }
        return String.valueOf(line);
    }

    @Test
    void servesItsGraphsUntilItsInputEnds() throws Exception {
        graph("a.click", "Idle -> t :: DirectTunnel(a, b) -> p :: Paint(3) -> Discard;");
        graph("b.click", "Idle -> t :: DirectTunnel(b, a) -> Discard;");
        graph("notes.txt", "not a graph");
        Process process = start(folder.toString(), "42");
        assertThat(firstLine(out(process))).isEqualTo("ready");
        try (ControlClient client = ControlClient.connect(folder.resolve("forwarder.sock"))) {
            assertThat(client.read("list")).isEqualTo("a\nb\n");
            client.write("a/p.color", "4");
            assertThat(client.read("a/p.color")).isEqualTo("4");
            assertThat(client.read("b.config")).startsWith("Idle -> t :: DirectTunnel(b, a)");
            assertThatThrownBy(() -> client.read("c.list")).isInstanceOf(ControlException.class);
        }
        assertThat(folder.resolve("punt.sock")).exists();
        process.getOutputStream().close();
        assertThat(end(process)).isZero();
        assertThat(process.toHandle().isAlive()).isFalse();
    }

    @Test
    void saysAllThatIsWrongInAllGraphs() throws Exception {
        graph("a.click", "Idle -> Paintt(3) -> Discard;\nIdle -> Queue(-1) -> Unqueue -> Discard;");
        graph("b.click", "Idle -> ;");
        Process process = start(folder.toString(), "42");
        assertThat(end(process)).isEqualTo(2);
        String messages = Files.readString(folder.resolve("stderr"));
        Path graphs = folder.resolve("graphs");
        assertThat(messages)
                .contains(graphs + "/a.click:1: 'Paintt@2 :: Paintt': unknown element class")
                .contains(graphs + "/a.click:2: 'Queue@5 :: Queue': CAPACITY: -1 is outside")
                .contains(graphs + "/b.click:1: syntax error near ';'; expected an element");
        assertThat(folder.resolve("forwarder.sock")).doesNotExist();
    }

    @Test
    void saysHowItIsUsed() throws Exception {
        Process process = start(folder.toString());
        assertThat(end(process)).isEqualTo(2);
        assertThat(Files.readString(folder.resolve("stderr"))).contains("usage: ");
    }

    @Test
    void aFolderThatIsTooDeepForSocketsIsTheMachinesFault() throws Exception {
        Path deep = folder.resolve("d".repeat(120));
        Files.createDirectories(deep.resolve("graphs"));
        Process process = start(deep.toString(), "1");
        assertThat(end(process)).isEqualTo(3);
        assertThat(Files.readString(folder.resolve("stderr"))).contains("d".repeat(120));
    }
}
