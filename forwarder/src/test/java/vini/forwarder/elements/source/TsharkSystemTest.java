package vini.forwarder.elements.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import vini.forwarder.kit.GraphRun;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** That tshark reads what ToDump writes, and sees in it what was there. */
@Timeout(60)
class TsharkSystemTest {
    @TempDir private Path folder = Path.of("");

    private static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(dir -> Files.isExecutable(Path.of(dir, "tshark")));
    }

    private List<String> read(Path file) throws Exception {
        Process tshark =
                new ProcessBuilder(
                                "tshark",
                                "-r",
                                file.toString(),
                                "-n",
                                "-T",
                                "fields",
                                "-e",
                                "frame.time_epoch",
                                "-e",
                                "frame.len",
                                "-e",
                                "ip.dst",
                                "-e",
                                "udp.dstport")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String said = new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tshark.waitFor()).isZero();
        return said.lines().toList();
    }

    @Test
    void readsBothKindsOfFiles() throws Exception {
        assumeTrue(isInstalled(), "tshark is not installed");
        for (String name : List.of("out.pcap", "out.pcapng", "micro.pcap", "out.pcap.gz")) {
            Path to = folder.resolve(name);
            try (GraphRun run =
                    GraphRun.of(
                            "d :: FromDump(src/test/resources/dumps/three.pcap, FORCE_IP true)"
                                    + " -> ToDump("
                                    + to
                                    + ", USE_ENCAP_FROM d, NANO "
                                    + !name.startsWith("micro")
                                    + ");")) {
                run.run(GraphRun.MS);
            }
            List<String> lines = read(to);
            assertThat(lines).as(name).hasSize(2);
            assertThat(lines.get(0)).matches("1000\\.0+\t28\t10\\.0\\.0\\.2\t2000");
            assertThat(lines.get(1)).matches("1000\\.250*\t32\t10\\.0\\.0\\.1\t2000");
        }
    }
}
