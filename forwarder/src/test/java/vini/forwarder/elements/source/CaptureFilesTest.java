package vini.forwarder.elements.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.forwarder.kit.Collect;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Puller;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** FromDump and ToDump, on files written by hand. */
class CaptureFilesTest {
    /** Little-endian, microseconds, Ethernet: header, then 1000.000002 s, 3 of 5 bytes. */
    private static final String LITTLE =
            "d4c3b2a1 0200 0400 00000000 00000000 00000400 01000000"
                    + "e8030000 02000000 03000000 05000000 0a0b0c";

    /** Big-endian, nanoseconds, raw IP: 1000.000002003 s, 2 bytes. */
    private static final String BIG_NANO =
            "a1b23c4d 0002 0004 00000000 00000000 00040000 00000065"
                    + "000003e8 000007d3 00000002 00000002 0d0e";

    /**
     * Little-endian section; an interface (Ethernet) in 2^-10 s; a simple and an enhanced block.
     */
    private static final String NEXT_GENERATION =
            "0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000"
                    + "01000000 20000000 0100 0000 00000000 0900 0100 8a000000 00000000 20000000"
                    + "05000000 14000000 0000000000000000 14000000"
                    + "03000000 14000000 03000000 0a0b0c00 14000000"
                    + "06000000 24000000 00000000 00000000 00060000 03000000 09000000 01020300"
                    + "24000000";

    @TempDir private Path folder = Path.of("");

    private String file(String hex) throws IOException {
        Path file = folder.resolve("in.pcap");
        Files.write(file, HexFormat.of().parseHex(hex.replace(" ", "")));
        return file.toString();
    }

    private List<String> play(String hex, String... wantedChatter) throws Exception {
        try (GraphRun run = GraphRun.of("d :: FromDump(" + file(hex) + ") -> out :: Collect;")) {
            run.run(GraphRun.MS);
            assertThat(run.chatter()).hasSize(wantedChatter.length);
            for (int i = 0; i < wantedChatter.length; i++) {
                assertThat(run.chatter().get(i)).endsWith(wantedChatter[i]);
            }
            assertThat(run.read("d.errors")).isEqualTo("" + wantedChatter.length);
            return run.out("out");
        }
    }

    @Test
    void readsBothByteOrdersAndBothUnits() throws Exception {
        assertThat(play(LITTLE)).containsExactly("0a0b0c");
        assertThat(play(BIG_NANO)).containsExactly("0d0e");
        assertThat(play(NEXT_GENERATION)).containsExactly("0a0b0c", "010203");
    }

    private String written(String in, String options, String name) throws Exception {
        Path to = folder.resolve(name);
        try (GraphRun run =
                GraphRun.of(
                        "d :: FromDump("
                                + file(in)
                                + ") -> t :: ToDump("
                                + to
                                + options
                                + ", USE_ENCAP_FROM d);")) {
            run.run(GraphRun.MS);
        }
        return HexFormat.of().formatHex(Files.readAllBytes(to));
    }

    @Test
    void writesWhatItHasReadInNanoseconds() throws Exception {
        String expected = BIG_NANO.replace(" ", "");
        assertThat(written(BIG_NANO, ", SNAPLEN 0", "out.pcap")).isEqualTo(expected);
    }

    @Test
    void writesMicrosecondsAndKeepsWhatWasNotCaptured() throws Exception {
        assertThat(written(LITTLE, ", NANO false, SNAPLEN 2", "out.pcap"))
                .isEqualTo(
                        "a1b2c3d4000200040000000000000000"
                                + "0000000200000001"
                                + "000003e80000000200000002000000050a0b");
        assertThat(written(LITTLE, ", NANO false, EXTRA_LENGTH false, SNAPLEN 0", "out.pcap"))
                .endsWith("000003e80000000200000003000000030a0b0c");
    }

    @Test
    void writesPcapng() throws Exception {
        assertThat(written(LITTLE, "", "out.pcapng"))
                .isEqualTo(
                        "0a0d0d0a0000001c1a2b3c4d00010000ffffffffffffffff0000001c"
                                + "00000001000000200001000"
                                + "0000007d0"
                                + "00090001090000000000000000000020"
                                + "000000060000002400000000"
                                + "000000e8d4a517d0"
                                + "00000003000000050a0b0c0000000024");
    }

    @Test
    void aGzippedFileIsReadAndWritten() throws Exception {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(HexFormat.of().parseHex(LITTLE.replace(" ", "")));
        }
        assertThat(play(HexFormat.of().formatHex(zipped.toByteArray()))).containsExactly("0a0b0c");
        assertThat(written(LITTLE, "", "out.pcap.gz")).startsWith("1f8b");
        byte[] again = Files.readAllBytes(folder.resolve("out.pcap.gz"));
        assertThat(play(HexFormat.of().formatHex(again))).containsExactly("0a0b0c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|it is empty",
                "00|it ends within a record, at byte 1",
                "01020304|it is no capture file: it begins with 01020304",
                "d4c3b2a1 0200|it ends within a record, at byte 6",
                "d4c3b2a1 0300 0400 00000000 00000000 00000400 01000000|it is of version 3.4, not"
                        + " 2.x",
                "0a0d0d0a 1c000000 4d3c2b1b 0100 0000 ffffffffffffffff 1c000000|a section header"
                        + " without the byte-order magic, before byte 24",
                "425a6839|it is compressed by bzip2, which is not read here",
            })
    void aFileThatIsNoneIsRefused(String hex, String problem) {
        assertThatThrownBy(() -> play(hex)).hasMessageEndingWith(problem);
    }

    @Test
    void aDamagedFileEndsThereWithAMessage() throws Exception {
        assertThat(play(LITTLE + "e803", "it ends within a record, at byte 45"))
                .containsExactly("0a0b0c");
        assertThat(play(LITTLE + "e8030000 02000000 ffffffff ffffffff", "is longer than 262144"))
                .containsExactly("0a0b0c");
        assertThat(
                        play(
                                NEXT_GENERATION
                                        + "06000000 20000000 07000000 00000000 00000000"
                                        + "00000000 00000000 20000000",
                                "a packet of interface 7, which was not described, before byte"
                                        + " 164"))
                .hasSize(2);
        assertThat(
                        play(
                                NEXT_GENERATION + "06000000 0d000000",
                                "a block of 13 bytes, before byte 144"))
                .hasSize(2);
    }

    @Test
    void aGraphThatCannotStartLeavesTheFileAsItWas() throws Exception {
        Path to = folder.resolve("kept.pcap");
        Files.writeString(to, "kept");
        assertThatThrownBy(
                        () ->
                                GraphRun.of(
                                        "Idle -> ToDump("
                                                + to
                                                + "); FromDump(/no/file) -> Discard;"))
                .hasMessageContaining("/no/file");
        assertThat(to).hasContent("kept");
    }

    @Test
    void aFileThatIsNotThereIsTold() {
        assertThatThrownBy(() -> GraphRun.of("FromDump(/no/such/file) -> Discard;"))
                .hasMessageEndingWith("/no/such/file: there is no such file");
        assertThatThrownBy(() -> GraphRun.of("Idle -> ToDump(/no/such/folder/file);"))
                .hasMessageEndingWith("/no/such/folder/file: there is no such file");
    }

    private static final String THREE = "src/test/resources/dumps/three.pcap";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "START 1000.1|2",
                "START_AFTER 250ms|2",
                "START_AFTER 0.3|1",
                "END 1001|2",
                "END_AFTER 1s|2",
                "START 1000.1, INTERVAL 0.1|1",
                "SAMPLE 0|0",
                "FILEPOS 68|2",
                "ACTIVE false|0",
            })
    void partsOfAFileCanBeChosen(String options, int packets) throws Exception {
        try (GraphRun run =
                GraphRun.of("d :: FromDump(" + THREE + ", " + options + ") -> out :: Collect;")) {
            run.run(GraphRun.MS);
            assertThat(run.out("out")).hasSize(packets);
        }
    }

    @Test
    void theEndCanBePutOff() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "d :: FromDump("
                                + THREE
                                + ", END_AFTER 0.2, STOP true) -> out :: Collect;")) {
            run.run(GraphRun.MS);
            assertThat(run.out("out")).hasSize(1);
            assertThat(run.read("d.active")).isEqualTo("false");
            assertThat(run.chatter()).containsExactly("(stopped)");
            run.write("d.extend_interval", "0.1");
            run.run(GraphRun.MS);
            assertThat(run.out("out")).hasSize(2);
            run.write("d.filepos", "24");
            run.write("d.active", "true");
            run.run(GraphRun.MS);
            assertThat(run.out("out")).hasSize(4);
            assertThat(run.read("d.count")).isEqualTo("4");
        }
    }

    @Test
    void aThirdOfThePacketsIsSampled() throws Exception {
        StringBuilder many = new StringBuilder(LITTLE.substring(0, LITTLE.indexOf("e803")));
        for (int i = 0; i < 3000; i++) {
            many.append("e8030000 02000000 01000000 01000000 00");
        }
        try (GraphRun run =
                GraphRun.of(
                        "d :: FromDump("
                                + file(many.toString())
                                + ", SAMPLE 0.25) -> o :: Collect;")) {
            run.run(100 * GraphRun.MS);
            assertThat(run.out("o").size()).isBetween(650, 850);
            assertThat(run.read("d.sampling_prob")).isEqualTo("0.25");
        }
    }

    @Test
    void aPulledDumpKeepsItsTimeToo() throws Exception {
        try (GraphRun run =
                GraphRun.of("d :: FromDump(" + THREE + ", TIMING true) -> p :: Puller;")) {
            Puller puller = run.element("p", Puller.class);
            assertThat(puller.pull()).isNotNull();
            assertThat(puller.pull()).isNull();
            run.run(250 * GraphRun.MS);
            assertThat(puller.pull()).isNotNull();
            run.run(749 * GraphRun.MS);
            assertThat(puller.pull()).isNull();
            run.run(GraphRun.MS);
            assertThat(puller.pull()).isEqualTo("60606060606060606060");
        }
    }

    @Test
    void packetsThatAreNoIpAreDroppedInTheBooks() throws Exception {
        try (GraphRun run =
                GraphRun.of("d :: FromDump(" + THREE + ", FORCE_IP true) -> out :: Collect;")) {
            run.run(GraphRun.MS);
            assertThat(run.seen("out").stream().map(Collect.Seen::networkHeader))
                    .containsExactly(0, 0);
            assertThat(run.books()).contains("sent 3", "delivered 2", "drop d notIp 1");
        }
    }

    @Test
    void timesOfPcapngHaveManyUnits() {
        assertThat(new TimeUnits(0x8a, 0).nanos(1536)).isEqualTo(1_500_000_000L);
        assertThat(new TimeUnits(0xc0, 5).nanos(1536)).isEqualTo(5_000_000_000L);
        assertThat(new TimeUnits(0xbf, 0).nanos(1L << 62)).isEqualTo(500_000_000L);
        assertThat(new TimeUnits(12, 0).nanos(1_000_000_000_000L)).isEqualTo(1_000_000_000L);
        assertThat(new TimeUnits(3, 1).nanos(2)).isEqualTo(1_002_000_000L);
    }
}
