package vini.forwarder.elements.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Packets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** FromIPSummaryDump and ToIPSummaryDump. */
class IpSummaryTest {
    @TempDir private Path folder = Path.of("");

    private List<String> written(String elements) throws Exception {
        return written(elements, "");
    }

    /** Runs elements that end in {@code -> ToIPSummaryDump(} and gives the lines of its file. */
    private List<String> written(String elements, String inject) throws Exception {
        Path to = folder.resolve("out.txt");
        try (GraphRun run = GraphRun.of(elements.replace("%OUT%", to.toString()))) {
            if (!inject.isEmpty()) {
                run.push(inject.split(" ", -1));
            }
            run.run(10 * GraphRun.MS);
        }
        return Files.readAllLines(to);
    }

    private List<String> lines(List<String> all) {
        return all.stream().filter(line -> !line.startsWith("!")).toList();
    }

    private String again(String fields, String options, String... lines) {
        return "FromIPSummaryDump(DATA \"!data "
                + fields
                + "\n"
                + String.join("\n", lines).replace("\\", "\\\\").replace("\"", "\\\"")
                + "\""
                + options
                + ") -> ToIPSummaryDump(%OUT%, FIELDS "
                + fields
                + ");";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timestamp|996033261.451094",
                "timestamp|996033261.451094123",
                "ts_sec ts_usec|996033261 451094",
                "ts_usec1|996033261451094",
                "ip_src ip_dst|192.150.187.37 192.168.1.100",
                "ip_frag|F",
                "ip_frag|!",
                "ip_fragoff|0!",
                "ip_fragoff|1480+",
                "ip_len ip_proto ip_id ip_tos ip_ttl|132 10 48759 29 254",
                "ip_dscp ip_ecn|29 ect2",
                "ip_opt|rr{10.0.0.1,20.0.0.2}+5",
                "ip_opt|ssrr{1.0.0.1,1.0.0.2^1.0.0.3}",
                "ip_opt|ts{1,10000,!45}+2++3",
                "ip_opt|ts.ip{1.0.0.1=1,1.0.0.2=2}+2",
                "ip_opt|ts.preip{1.0.0.1=1^1.0.0.2,1.0.0.3}",
                "ip_opt|98;99=0:5:10",
                "sport dport|22 2943",
                "tcp_seq tcp_ack tcp_flags tcp_window tcp_urp|93167339 4093178192 SA 480 7",
                "tcp_flags|FSRPAUECN",
                "tcp_flags|.",
                "tcp_opt|mss1400;wscale10;sackok;ts669063908:38382731",
                "tcp_opt|sack95-98;sack100-4000000000",
                "tcp_opt|98;99=0:5:10",
                "payload_len|34",
                "payload|\"hello\\000\\377\\\"\"",
                "count direction aggregate|3 < 973",
                "link|7",
            })
    void eachFieldIsReadAndWrittenAlike(String fields, String line) throws Exception {
        assertThat(written(again(fields, "", line)))
                .containsExactly("!IPSummaryDump 1.3", "!data " + fields, line);
    }

    @Test
    void eolAndNopAreReadAndNotWritten() throws Exception {
        assertThat(lines(written(again("ip_opt tcp_opt", "", ". nop,nop,eol", "nop;nop ."))))
                .containsExactly(". .", ". .");
    }

    @Test
    void theClickExampleOfIcmp() throws Exception {
        assertThat(
                        lines(
                                written(
                                        "FromIPSummaryDump(STOP true, CHECKSUM true, DATA \"!data"
                                                + " src dst icmp_type\n"
                                                + "!proto I\n"
                                                + "18.26.4.44 10.0.0.4 echo\n"
                                                + "10.0.0.4 18.26.4.44 echo-reply\")"
                                                + " -> CheckIPHeader"
                                                + " -> ToIPSummaryDump(%OUT%, FIELDS src dst"
                                                + " icmp_type_name)")))
                .containsExactly("18.26.4.44 10.0.0.4 echo", "10.0.0.4 18.26.4.44 echo-reply");
    }

    @Test
    void headersThatAreCutOffHaveDashes() throws Exception {
        String all = "000100020000000000000000" + "60000000" + "00000003" + "03030a00";
        String packet = Packets.ipv4("1.0.0.1", "1.0.0.2", 64, 6, all);
        StringBuilder packets = new StringBuilder(packet);
        for (int length : new int[] {41, 38, 23, 20, 19}) {
            packets.append(' ').append(packet, 0, 2 * length);
        }
        assertThat(
                        lines(
                                written(
                                        "in :: Inject -> ToIPSummaryDump(%OUT%, CONTENTS sport"
                                                + " dport tcp_urp tcp_opt);",
                                        packets.toString())))
                .containsExactly(
                        "1 2 3 wscale10", "1 2 3 -", "1 2 - -", "1 - - -", "- - - -", "- - - -");
    }

    @Test
    void badPacketsAreTold() throws Exception {
        String packet = Packets.udp("1.0.0.1", "1.0.0.2", 64, 1, 2);
        assertThat(
                        written(
                                "in :: Inject -> ToIPSummaryDump(%OUT%, FIELDS sport, BAD_PACKETS"
                                        + " true, HEADER false);",
                                packet
                                        + " "
                                        + packet.substring(0, 46)
                                        + " 60"
                                        + packet.substring(2)))
                .containsExactly("1", "!bad truncated IP length", "1", "!bad IP version 6", "-");
    }

    @Test
    void otherFields() throws Exception {
        String unreachable =
                Packets.ipv4("1.0.0.1", "1.0.0.2", 64, 1, "0304000000000240" + "00".repeat(4));
        assertThat(
                        lines(
                                written(
                                        "in :: Inject -> ToIPSummaryDump(%OUT%, FIELDS"
                                            + " icmp_type_name icmp_code_name icmp_nextmtu icmp_seq"
                                            + " udp_len ip_hl wire_len ip_capture_len"
                                            + " payload_md5_hex payload_md5 eth_src ip_sum);",
                                        unreachable
                                                + " "
                                                + Packets.udp("1.0.0.1", "1.0.0.2", 64, 1, 2))))
                .containsExactly(
                        "unreachable needfrag 576 - - 20 32 32 "
                                + md5("030400000000024000000000")
                                + " - 30938",
                        "- - - - 8 20 28 28 d41d8cd98f00b204e9800998ecf8427e"
                                + " 1B2M2Y8AsgTpgAmY7PhCfg - 30926");
    }

    private static String md5(String hex) throws Exception {
        byte[] digest = MessageDigest.getInstance("MD5").digest(HexFormat.of().parseHex(hex));
        return HexFormat.of().formatHex(digest)
                + " "
                + Base64.getEncoder()
                        .withoutPadding()
                        .encodeToString(digest)
                        .replace('+', '_')
                        .replace('/', '@');
    }

    @Test
    void linesOfAVerboseDump() throws Exception {
        assertThat(
                        written(
                                "in :: Inject -> ToIPSummaryDump(%OUT%, VERBOSE true, BANNER"
                                        + " \"me\");",
                                Packets.UDP))
                .containsExactly(
                        "!IPSummaryDump 1.3",
                        "!creator \"me\"",
                        "!runtime 0.000000 (Thu Jan  1 00:00:00 1970)",
                        "!data ip_src ip_dst",
                        "10.0.0.1 10.0.0.2");
    }

    @Test
    void countsBecomePacketsAndLines() throws Exception {
        assertThat(lines(written(again("ip_id count", ", MULTIPACKET true", "7 3"))))
                .containsExactly("7 1", "7 1", "7 1");
        assertThat(
                        lines(
                                written(
                                        "FromIPSummaryDump(DATA \"!data ip_id count\n7 3\") ->"
                                                + " ToIPSummaryDump(%OUT%, FIELDS ip_id,"
                                                + " MULTIPACKET true);")))
                .containsExactly("7", "7", "7");
    }

    @Test
    void aFlowGivesAddressesAndItsOtherDirection() throws Exception {
        assertThat(
                        lines(
                                written(
                                        "FromIPSummaryDump(DATA \"!flowid 1.0.0.1 5 1.0.0.2 6 U\n"
                                                + "!aggregate 9\n!data direction\n>\n<\n\")"
                                                + " -> ToIPSummaryDump(%OUT%, FIELDS ip_src sport"
                                                + " ip_dst dport ip_proto aggregate);")))
                .containsExactly("1.0.0.1 5 1.0.0.2 6 U 9", "1.0.0.2 6 1.0.0.1 5 U 9");
    }

    @Test
    void packetsAreShortWithoutChecksumAndWholeWithIt() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "FromIPSummaryDump(DATA \"!data ip_src ip_len ip_proto\n"
                            + "1.0.0.1 30 U\") -> short :: Collect;FromIPSummaryDump(CHECKSUM true,"
                            + " DATA \"!data ip_src ip_len ip_proto\n"
                            + "1.0.0.1 30 U\") -> CheckIPHeader -> whole :: Collect;")) {
            run.run(GraphRun.MS);
            assertThat(run.out("short").getFirst()).hasSize(2 * 28);
            assertThat(run.out("whole").getFirst()).hasSize(2 * 30).contains("000a");
        }
    }

    @Test
    void anOldFileCountsOffsetsInEightBytes() throws Exception {
        assertThat(
                        lines(
                                written(
                                        "FromIPSummaryDump(DATA \"!IPSummaryDump 1.0\n!data 'ip"
                                                + " fragoff' 'tcp flags'\n185+ XY\n\")"
                                                + " -> ToIPSummaryDump(%OUT%, FIELDS ip_fragoff"
                                                + " tcp_flags);")))
                .containsExactly("1480+ -");
    }

    @Test
    void whatCannotBeReadIsToldOnceAndCounted() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "d :: FromIPSummaryDump(DATA \"1 2\n!data ip_id ip_opt\n70000 .\n\n# x\n8"
                                + " rr{\n9 .\n!data nothing\") -> out :: Collect;")) {
            run.run(GraphRun.MS);
            // A line counts where one of its fields can be read.
            assertThat(run.out("out")).hasSize(3);
            assertThat(run.read("d.errors")).isEqualTo("4");
            assertThat(run.chatter()).containsExactly("d: no line '!data' has named the fields");
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> GraphRun.of("FromIPSummaryDump(/no/file) -> Discard;"))
                .hasMessageEndingWith("/no/file: there is no such file");
        assertThatThrownBy(() -> GraphRun.of("Idle -> ToIPSummaryDump(/dev/null, FIELDS ip_scr);"))
                .hasMessageEndingWith("FIELDS: 'ip_scr' is no field of a summary");
        assertThatThrownBy(
                        () ->
                                GraphRun.of(
                                        "Idle -> ToIPSummaryDump(/dev/null, BINARY true, FIELDS"
                                                + " ip_hl);"))
                .hasMessageEndingWith("BINARY: there is no binary form of ip_hl");
    }

    @Test
    void aMissingFileMayBeAllowed() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "FromIPSummaryDump(/no/file, ALLOW_NONEXISTENT true, STOP true)"
                                + " -> Discard;")) {
            run.run(GraphRun.MS);
            assertThat(run.chatter()).containsExactly("(stopped)");
        }
    }
}
