package vini.forwarder.elements.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vini.forwarder.ConfigException;
import vini.forwarder.kit.GraphRun;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * Files that are almost right, and packets that are not, through all elements of the family: the
 * worst that they do is a message.
 */
class SourceFuzzTest {
    private static final int ROUNDS = 800;

    private static final String PCAPNG =
            "0a0d0d0a1c0000004d3c2b1a01000000ffffffffffffffff1c000000"
                    + "01000000200000000100000000000000090001008a0000000000000020000000"
                    + "03000000140000000300000001020300"
                    + "14000000"
                    + "060000003c0000000000000000000000000600001c0000001c000000"
                    + "4500001c00010000401166ce0a0000010a00000204d2162e00080000"
                    + "3c000000";

    private static final String SUMMARY =
            """
            !IPSummaryDump 1.3
            !data timestamp ip_src ip_dst ip_opt tcp_opt payload ip_len count tcp_flags ip_fragoff
            1.5 1.0.0.1 2.0.0.2 rr{10.0.0.1,20.0.0.2}+5;ts{1,!45}+2++3 mss1400;sack1-2 "a\\<00>" 40 2 SA 0
            2.5 1.0.0.1 2.0.0.2 ssrr{1.0.0.1^2.0.0.2} ts1:2;98=1:2 "b" 1500 1 . 1480+
            !flowid 1.0.0.1 5 1.0.0.2 6 U
            3.5 - - . . - - 3
            """;

    @TempDir private Path folder = Path.of("");

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    private byte[] mutated(byte[] sound) {
        byte[] bytes = sound.clone();
        for (int n = random.nextInt(4); n > 0; n--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                default -> bytes[at] = (byte) (random.nextBoolean() ? 0xff : 0);
            }
        }
        if (random.nextInt(4) == 0) {
            return Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
        }
        return bytes;
    }

    private record Outcome(long packets, long errors, boolean refused) {}

    private Outcome play(byte[] file, String element) throws Exception {
        Path in = folder.resolve("in");
        Files.write(in, file);
        String text =
                element.replace("%IN%", in.toString())
                        + " -> ToDump("
                        + folder.resolve("out.pcapng")
                        + ", SNAPLEN 0) -> ToIPSummaryDump("
                        + folder.resolve("out.txt")
                        + ", BAD_PACKETS true, MULTIPACKET true, FIELDS "
                        + allFields()
                        + ") -> c :: Counter -> Discard;";
        try (GraphRun run = GraphRun.of(text)) {
            run.run(GraphRun.MS);
            run.write("d.active", "false");
            return new Outcome(
                    Long.parseLong(run.read("c.count")),
                    Long.parseLong(run.read("d.errors")),
                    false);
        } catch (ConfigException e) {
            return new Outcome(0, 0, true);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("-Dseed=" + seed + ": " + HexFormat.of().formatHex(file), e);
        }
    }

    private static String allFields() {
        List<String> names = new ArrayList<>();
        for (SummaryField field : SummaryField.values()) {
            names.add(field.word());
        }
        return String.join(" ", names);
    }

    @Test
    void survivesDamagedFiles() throws Exception {
        List<byte[]> sound =
                List.of(
                        Files.readAllBytes(Path.of("src/test/resources/dumps/three.pcap")),
                        HexFormat.of().parseHex(PCAPNG));
        long packets = 0;
        long errors = 0;
        long refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Outcome outcome =
                    play(
                            mutated(sound.get(round % 2)),
                            "d :: FromDump(%IN%, FORCE_IP " + random.nextBoolean() + ")");
            packets += outcome.packets;
            errors += outcome.errors;
            refused += outcome.refused ? 1 : 0;
        }
        assertThat(packets).as("-Dseed=%d packets", seed).isGreaterThan(ROUNDS / 2);
        assertThat(errors).as("-Dseed=%d damaged", seed).isGreaterThan(ROUNDS / 20);
        assertThat(refused).as("-Dseed=%d refused", seed).isPositive();
    }

    @Test
    void survivesDamagedSummaries() throws Exception {
        long packets = 0;
        long errors = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Outcome outcome =
                    play(
                            mutated(SUMMARY.getBytes(StandardCharsets.ISO_8859_1)),
                            "d :: FromIPSummaryDump(%IN%, CHECKSUM "
                                    + random.nextBoolean()
                                    + ", ZERO false, MULTIPACKET false)");
            packets += outcome.packets;
            errors += outcome.errors;
        }
        assertThat(packets).as("-Dseed=%d packets", seed).isGreaterThan(ROUNDS);
        assertThat(errors).as("-Dseed=%d unreadable", seed).isGreaterThan(ROUNDS / 20);
    }

    @Test
    void survivesRandomPackets() throws Exception {
        String text =
                "in :: Inject -> ToDump(/dev/null) -> s :: ToIPSummaryDump(/dev/null, BAD_PACKETS"
                        + " true, FIELDS "
                        + allFields()
                        + ") -> Discard;";
        byte[] sound =
                HexFormat.of()
                        .parseHex(PCAPNG.substring(PCAPNG.length() - 64, PCAPNG.length() - 8));
        try (GraphRun run = GraphRun.of(text)) {
            for (int round = 0; round < ROUNDS; round++) {
                byte[] bytes = mutated(sound);
                if (round % 3 == 0) {
                    bytes = new byte[random.nextInt(100)];
                    random.nextBytes(bytes);
                }
                run.push(HexFormat.of().formatHex(bytes));
            }
            assertThat(run.read("s.count")).isEqualTo("" + ROUNDS);
            assertThat(run.books()).contains("delivered " + ROUNDS);
        } catch (RuntimeException e) {
            throw new AssertionError("-Dseed=" + seed, e);
        }
    }
}
