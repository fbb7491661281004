package vini.forwarder.elements.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import vini.forwarder.ConfigException;
import vini.forwarder.kit.GraphRun;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Any file is read to an end: into packets, which can be written again, or into messages. */
class DumpFuzzTest {
    private static final int TIMERS_MAX = 2000;

    private static final String FIELDS =
            Arrays.stream(SummaryField.values())
                    .map(SummaryField::word)
                    .collect(Collectors.joining(" "));

    @SuppressWarnings("NullAway.Init") // set by JUnit
    @TempDir
    private static Path folder;

    /** pcap or pcapng. */
    @FuzzTest
    @Timeout(10)
    void anyCaptureIsRead(byte[] file) throws Exception {
        play(file, "FromDump(%s)", "FromDump(%s, FORCE_IP true, TIMING true)");
    }

    @FuzzTest
    @Timeout(10)
    void anySummaryIsRead(byte[] file) throws Exception {
        play(
                file,
                "FromIPSummaryDump(%s)",
                "FromIPSummaryDump(%s, CHECKSUM true, ZERO false, MULTIPACKET true)");
    }

    /** Which source reads it depends on the file's length: each run costs. */
    private static void play(byte[] file, String... sources) throws Exception {
        String source = sources[file.length % sources.length];
        Path in = folder.resolve("in");
        Files.write(in, file);
        String text =
                source.formatted(in)
                        + " -> ToDump("
                        + folder.resolve("out.pcapng")
                        + ", SNAPLEN 0) -> ToIPSummaryDump("
                        + folder.resolve("out.txt")
                        + ", BAD_PACKETS true, MULTIPACKET true, FIELDS "
                        + FIELDS
                        + ") -> Discard;";
        try (GraphRun run = GraphRun.of(text)) {
            run.run(10_000 * GraphRun.MS, TIMERS_MAX);
            long inUse = run.loop().packets().inUse();
            assertThat(run.graph("n").ledger().imbalance(inUse)).isZero();
        } catch (ConfigException e) {
            assertThat(e.problems()).allMatch(problem -> problem.startsWith("t.click:1: "));
        }
    }
}
