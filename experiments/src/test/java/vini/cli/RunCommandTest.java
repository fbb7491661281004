package vini.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.experiment.RunListener;
import vini.experiment.RunRequest;
import vini.experiment.WorldKind;
import vini.overlay.topology.HostsMode;
import vini.overlay.topology.TunnelsMode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class RunCommandTest {
    private static final Path ROOT = Path.of(System.getProperty("user.dir")).resolveSibling("");

    private final List<RunRequest> asked = new ArrayList<>();
    private final CommandRun vini = new CommandRun(Map.of(), this::refuse);

    private vini.experiment.analysis.Summary refuse(RunRequest request, RunListener listener) {
        asked.add(request);
        listener.started(new RunListener.Start("mine", "live", "builtin", "udp", 11, 14, 1, 54.0));
        listener.up(11, 11, 264, 0.9);
        throw CommandException.machineCannot("no more of it in this test");
    }

    @Test
    void whatIsAskedForReachesTheRunner() {
        String file = ROOT.resolve("experiments/triangle-failure.json").toString();
        assertThat(
                        vini.run(
                                "run",
                                file,
                                "--world",
                                "virtual",
                                "--hosts",
                                "builtin",
                                "--tunnels",
                                "direct",
                                "--loops",
                                "2",
                                "--seed",
                                "7",
                                "--out",
                                "/tmp/x"))
                .isEqualTo(3);
        assertThat(asked)
                .containsExactly(
                        new RunRequest(
                                Path.of(file),
                                WorldKind.VIRTUAL,
                                Path.of("/tmp/x"),
                                7L,
                                HostsMode.BUILTIN,
                                TunnelsMode.DIRECT,
                                2,
                                false));
        assertThat(vini.out())
                .contains(
                        "mine · live · builtin hosts · udp tunnels · 11 nodes, 14 links · seed 1",
                        "11/11 routers full, 264 routes")
                .doesNotContain("\033");
        assertThat(vini.err()).isEqualTo("no more of it in this test\n");
    }

    @ParameterizedTest
    @CsvSource({"--hosts,docker", "--tunnels,tcp", "--seed,many"})
    void aWrongOptionStartsNothing(String option, String value) {
        assertThat(vini.run("run", "x.json", option, value)).isEqualTo(2);
        assertThat(vini.err()).contains(option, value, "see: vini run --help");
        assertThat(asked).isEmpty();
    }

    @Test
    void aWrongFileStartsNothing() throws Exception {
        Path file = Files.createTempFile("vini", ".json");
        try {
            Files.writeString(file, "{\"name\": \"x\", \"duration\": \"5 parsec\"}");
            assertThat(vini.run("run", file.toString())).isEqualTo(2);
            assertThat(vini.err()).contains(file + ":1:", "nothing was done");
            assertThat(asked).isEmpty();
        } finally {
            Files.delete(file);
        }
    }
}
