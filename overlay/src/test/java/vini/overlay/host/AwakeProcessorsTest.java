package vini.overlay.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class AwakeProcessorsTest {
    @TempDir Path folder;

    @Test
    void asksForNoTimeToWakeUp() throws IOException {
        Path wishes = Files.createFile(folder.resolve("cpu_dma_latency"));
        try (AwakeProcessors awake = AwakeProcessors.keep(wishes)) {
            assertThat(awake.sentence()).isEqualTo("kept awake");
            assertThat(wishes).hasBinaryContent(new byte[4]);
        }
    }

    @Test
    void makesNoFileWhereTheKernelHasNone() {
        Path wishes = folder.resolve("cpu_dma_latency");
        try (AwakeProcessors awake = AwakeProcessors.keep(wishes)) {
            assertThat(awake.sentence()).isEqualTo("may sleep: this kernel has no " + wishes);
        }
        assertThat(wishes).doesNotExist();
    }
}
