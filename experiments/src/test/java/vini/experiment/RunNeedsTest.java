package vini.experiment;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vini.experiment.spec.Experiment;
import vini.experiment.spec.ExperimentFile;
import vini.overlay.host.Capabilities;
import vini.overlay.host.MachineException;
import vini.overlay.json.Problems;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;

class RunNeedsTest {
    @TempDir Path folder;

    private Experiment experiment(String hosts, String command) throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("e.json"),
                        """
                        {"name": "e", "duration": "1s",
                         "topology": {"name": "t", "nodes": {"a": {}}, "hosts": "%s"},
                         "probes": [{"name": "p", "program": {"on": "a", "command": ["%s"]}}]}
                        """
                                .formatted(hosts, command));
        return ExperimentFile.read(file, new Problems());
    }

    @Test
    void aProgramThatIsMissingIsFoundBeforeAnythingStarts() throws IOException {
        assumeTrue(Capabilities.kernelHosts().possible());
        assertThatCode(() -> RunNeeds.check(experiment("auto", "sh"), System.getenv()))
                .doesNotThrowAnyException();
        assertThatThrownBy(
                        () ->
                                RunNeeds.check(
                                        experiment("auto", "no-such-program"), System.getenv()))
                .isInstanceOf(MachineException.class)
                .hasMessage(
                        "this machine lacks programs that the experiment needs: no-such-program"
                                + " (program p); install them, or mend PATH");
        TreeMap<String, String> nowhere = new TreeMap<>();
        nowhere.put("PATH", folder.toString());
        assertThatThrownBy(() -> RunNeeds.check(experiment("auto", "sh"), nowhere))
                .hasMessageContaining("nsenter");
    }

    @Test
    void aBuiltinHostRunsNoProgram() {
        assertThatThrownBy(() -> RunNeeds.check(experiment("builtin", "sh"), System.getenv()))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("the program p needs a kernel host at a, and hosts are")
                .hasMessageContaining("builtin. ");
    }
}
