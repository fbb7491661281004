package vini.forwarder.elements.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import vini.forwarder.ConfigException;
import vini.forwarder.HandlerException;
import vini.forwarder.elements.tcpudp.Segments;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Packets;

/** IPRewriter, UDPRewriter and TCPRewriter; the cases are those of Click's own tests. */
class IpRewriterTest {
    private static final String NAT = "IPRewriter(pattern 1.0.0.1 1024-65535# - - 0 1, drop)";

    /** INPUTSPEC, packet that arrives, what comes out; then its reply, and what comes of that. */
    @ParameterizedTest
    @CsvSource({
        "drop, -, -",
        "discard, -, -",
        "pass 2, 2 1.1.1.1 10 2.2.2.2 20 T, -",
        "nochange 1, 1 1.1.1.1 10 2.2.2.2 20 T, -",
        "pass, 0 1.1.1.1 10 2.2.2.2 20 T, -",
        "keep 1 2, 1 1.1.1.1 10 2.2.2.2 20 T, 2 2.2.2.2 20 1.1.1.1 10 T",
        "pattern - - - - 0 0, 0 1.1.1.1 10 2.2.2.2 20 T, 0 2.2.2.2 20 1.1.1.1 10 T",
        "pattern 3.3.3.3 - - - 0 1, 0 3.3.3.3 10 2.2.2.2 20 T, 1 2.2.2.2 20 1.1.1.1 10 T",
        "pattern 3.3.3.3 30 - - 0 1, 0 3.3.3.3 30 2.2.2.2 20 T, 1 2.2.2.2 20 1.1.1.1 10 T",
        "pattern - 30 - - 0 1, 0 1.1.1.1 30 2.2.2.2 20 T, 1 2.2.2.2 20 1.1.1.1 10 T",
        "pattern - - 4.4.4.4 - 2 1, 2 1.1.1.1 10 4.4.4.4 20 T, 1 2.2.2.2 20 1.1.1.1 10 T",
        "pattern - - 4.4.4.4 40 0 1, 0 1.1.1.1 10 4.4.4.4 40 T, 1 2.2.2.2 20 1.1.1.1 10 T",
        "pattern 3.3.3.3 30-39 4.4.4.4 40 0 1, '', 1 2.2.2.2 20 1.1.1.1 10 T",
        "pattern 3.3.3.3 1-65535 - - 0 1, 0 3.3.3.3 10 2.2.2.2 20 T, 1 2.2.2.2 20 1.1.1.1 10 T",
        "pattern 3.3.3.3-3.3.3.4# 7 - - 0 1, 0 3.3.3.3 7 2.2.2.2 20 T, 1 2.2.2.2 20 1.1.1.1 10 T",
        "pattern 3.3.3.3 30-39# - - 0 1, 0 3.3.3.3 30 2.2.2.2 20 T, 1 2.2.2.2 20 1.1.1.1 10 T",
        "pattern 3.3.3.3 10-39? - - 0 1, '', 1 2.2.2.2 20 1.1.1.1 10 T",
        "pattern 3.3.3.3 10-39* - - 0 1, '', 1 2.2.2.2 20 1.1.1.1 10 T",
    })
    void doesWhatTheInputSpecSays(String spec, String out, String back) throws Exception {
        for (String protocol : new String[] {"T", "U"}) {
            for (String element : new String[] {"IPRewriter", "UDPRewriter", "TCPRewriter"}) {
                if (element.equals("TCPRewriter") && protocol.equals("U")) {
                    continue;
                }
                try (RewriteRun nat = new RewriteRun(element + "(" + spec + ", drop)", 2, 3)) {
                    String first = nat.push(0, "1.1.1.1 10 2.2.2.2 20 " + protocol);
                    if (!out.isEmpty()) {
                        assertThat(first).isEqualTo(out.replace("T", protocol));
                    }
                    if (first.equals("-")) {
                        continue;
                    }
                    assertThat(nat.push(0, "1.1.1.1 10 2.2.2.2 20 " + protocol)).isEqualTo(first);
                    String[] words = first.substring(2).split(" ", -1);
                    String reply = words[2] + " " + words[3] + " " + words[0] + " " + words[1];
                    assertThat(nat.push(1, reply + " " + protocol))
                            .isEqualTo(back.replace("T", protocol));
                }
            }
        }
    }

    @Test
    void rewritesFlowsAndTheirReplies() throws Exception {
        try (RewriteRun nat = new RewriteRun(NAT, 2, 2)) {
            assertThat(nat.push(0, "18.26.4.44 30 10.0.0.4 40 T"))
                    .isEqualTo("0 1.0.0.1 1024 10.0.0.4 40 T");
            assertThat(nat.push(0, "18.26.4.44 30 10.0.0.4 40 T"))
                    .isEqualTo("0 1.0.0.1 1024 10.0.0.4 40 T");
            assertThat(nat.push(0, "18.26.4.44 20 10.0.0.8 80 T"))
                    .isEqualTo("0 1.0.0.1 1025 10.0.0.8 80 T");
            assertThat(nat.push(1, "10.0.0.4 40 1.0.0.1 1024 T"))
                    .isEqualTo("1 10.0.0.4 40 18.26.4.44 30 T");
            assertThat(nat.push(1, "10.0.0.8 80 1.0.0.1 1025 T"))
                    .isEqualTo("1 10.0.0.8 80 18.26.4.44 20 T");
            assertThat(nat.push(1, "10.0.0.8 80 1.0.0.1 1026 T")).isEqualTo("-");
            // The same ports of the other protocol are another flow.
            assertThat(nat.push(1, "10.0.0.8 80 1.0.0.1 1025 U")).isEqualTo("-");
        }
    }

    @Test
    void sharesAPortAmongDestinationsAndDropsWhenNoneIsFree() throws Exception {
        try (RewriteRun nat =
                new RewriteRun("IPRewriter(pattern 1.0.0.1 1024-1026# - - 0 1, drop)", 2, 2)) {
            assertThat(nat.push(0, "18.26.4.44 1 10.0.0.4 1 T")).startsWith("0 1.0.0.1 1024");
            assertThat(nat.push(0, "18.26.4.44 2 10.0.0.8 2 T")).startsWith("0 1.0.0.1 1025");
            assertThat(nat.push(0, "18.26.4.44 3 10.0.0.4 3 T")).startsWith("0 1.0.0.1 1026");
            assertThat(nat.push(0, "18.26.4.44 4 10.0.0.8 2 T")).startsWith("0 1.0.0.1 1024");
            assertThat(nat.push(0, "18.26.4.44 5 10.0.0.8 2 T")).startsWith("0 1.0.0.1 1026");
            assertThat(nat.push(0, "18.26.4.44 6 10.0.0.8 2 T")).isEqualTo("-");
            assertThat(nat.read("mapping_failures")).isEqualTo("1");
            assertThat(nat.push(0, "18.26.4.44 5 10.0.0.8 2 T")).startsWith("0 1.0.0.1 1026");
            assertThat(nat.push(1, "10.0.0.8 2 1.0.0.1 1024 T"))
                    .isEqualTo("1 10.0.0.8 2 18.26.4.44 4 T");
            assertThat(nat.push(1, "10.0.0.8 2 1.0.0.1 1026 T"))
                    .isEqualTo("1 10.0.0.8 2 18.26.4.44 5 T");
        }
    }

    @Test
    void prefersThePacketsOwnPort() throws Exception {
        try (RewriteRun nat =
                new RewriteRun("UDPRewriter(pattern 1.0.0.2 1024-65534 - - 0 1, drop)", 2, 2)) {
            assertThat(nat.push(0, "10.0.0.1 1024 1.0.0.2 20 T"))
                    .isEqualTo("0 1.0.0.2 1024 1.0.0.2 20 T");
            assertThat(nat.push(0, "10.0.0.2 1024 1.0.0.2 30 T"))
                    .isEqualTo("0 1.0.0.2 1024 1.0.0.2 30 T");
            String third = nat.push(0, "10.0.0.3 1024 1.0.0.2 20 T");
            assertThat(third).startsWith("0 1.0.0.2 ").isNotEqualTo("0 1.0.0.2 1024 1.0.0.2 20 T");
            String port = third.split(" ", -1)[2];
            assertThat(nat.push(1, "1.0.0.2 20 1.0.0.2 " + port + " T"))
                    .isEqualTo("1 1.0.0.2 20 10.0.0.3 1024 T");
            assertThat(nat.push(1, "1.0.0.2 20 1.0.0.2 1024 T"))
                    .isEqualTo("1 1.0.0.2 20 10.0.0.1 1024 T");
        }
    }

    @Test
    void survivesFlowsToThemselves() throws Exception {
        try (RewriteRun nat =
                new RewriteRun(
                        "IPRewriter(pattern 2.0.0.1 1024-65535# - - 0 1, drop,"
                                + " MAPPING_CAPACITY 10, GUARANTEE 0)",
                        2,
                        2)) {
            assertThat(nat.push(0, "1.0.0.1 11 2.0.0.2 21 T")).startsWith("0 2.0.0.1 1024");
            String self = "2.0.0.1 1025 2.0.0.1 1025 T";
            assertThat(nat.push(0, self)).isEqualTo("0 " + self);
            assertThat(nat.push(1, self)).isEqualTo("1 " + self);
            assertThat(nat.read("table_size")).isEqualTo("2");
            nat.run().write("rw.clear", "");
            assertThat(nat.read("table_size")).isEqualTo("0");
            assertThat(nat.push(1, self)).isEqualTo("-");
        }
    }

    @Test
    void writesATableLooksUpAndTakesANewPattern() throws Exception {
        String rewriter =
                "IPRewriter(pattern 1.0.0.2 1024-65534# - - 0 1,"
                        + " pattern 1.0.0.3 1024-65534# - - 0 1, drop)";
        try (RewriteRun nat = new RewriteRun(rewriter, 3, 3)) {
            nat.push(0, "53.1.1.1 1 2.115.2.2 2 T");
            nat.push(0, "53.1.1.4 1 2.115.2.2 2 T");
            assertThat(nat.push(1, "2.115.2.2 2 1.0.0.2 1024 T"))
                    .isEqualTo("1 2.115.2.2 2 53.1.1.1 1 T");
            assertThat(nat.push(1, "53.1.1.1 1 2.115.2.2 2 T"))
                    .isEqualTo("0 1.0.0.2 1024 2.115.2.2 2 T");
            assertThat(nat.push(1, "53.1.1.2 1 2.115.2.2 2 T"))
                    .isEqualTo("0 1.0.0.3 1024 2.115.2.2 2 T");
            assertThat(nat.push(2, "53.1.1.3 1 2.115.2.2 2 T")).isEqualTo("-");
            nat.run().write("rw.pattern0", "pattern 1.0.0.4 1024-65534# - - 0 1");
            assertThat(nat.read("patterns"))
                    .isEqualTo("1.0.0.4 1024-65534 - -\n1.0.0.3 1024-65534 - - [1]\n<drop>\n");
            assertThat(nat.read("pattern0")).isEqualTo("pattern 1.0.0.4 1024-65534# - - 0 1");
            assertThat(nat.push(0, "53.1.1.1 1 2.115.2.2 2 T"))
                    .isEqualTo("0 1.0.0.4 1024 2.115.2.2 2 T");
            assertThat(nat.push(0, "53.1.1.4 1 2.115.2.2 2 T"))
                    .isEqualTo("0 1.0.0.4 1025 2.115.2.2 2 T");
            assertThat(nat.push(2, "2.115.2.2 2 1.0.0.3 1024 T"))
                    .isEqualTo("1 2.115.2.2 2 53.1.1.2 1 T");
            assertThat(nat.push(1, "2.115.2.2 2 1.0.0.2 1024 T"))
                    .isEqualTo("0 1.0.0.3 1025 1.0.0.2 1024 T");
            assertThat(
                            nat.read("tcp_table")
                                    .lines()
                                    .map(l -> l.replaceFirst(" exp.*", ""))
                                    .sorted())
                    .containsExactly(
                            "(1.0.0.2, 1024, 1.0.0.3, 1025) => (1.0.0.2, 1024, 2.115.2.2, 2) [0 *1]"
                                    + " i1",
                            "(2.115.2.2, 2, 1.0.0.2, 1024) => (1.0.0.3, 1025, 1.0.0.2, 1024) [*0 1]"
                                    + " i1",
                            "(2.115.2.2, 2, 1.0.0.3, 1024) => (2.115.2.2, 2, 53.1.1.2, 1) [0 *1]"
                                    + " i1",
                            "(2.115.2.2, 2, 1.0.0.4, 1024) => (2.115.2.2, 2, 53.1.1.1, 1) [0 *1]"
                                    + " i0",
                            "(2.115.2.2, 2, 1.0.0.4, 1025) => (2.115.2.2, 2, 53.1.1.4, 1) [0 *1]"
                                    + " i0",
                            "(53.1.1.1, 1, 2.115.2.2, 2) => (1.0.0.4, 1024, 2.115.2.2, 2) [*0 1]"
                                    + " i0",
                            "(53.1.1.2, 1, 2.115.2.2, 2) => (1.0.0.3, 1024, 2.115.2.2, 2) [*0 1]"
                                    + " i1",
                            "(53.1.1.4, 1, 2.115.2.2, 2) => (1.0.0.4, 1025, 2.115.2.2, 2) [*0 1]"
                                    + " i0");
            assertThat(nat.read("udp_table")).isEmpty();
            assertThat(nat.run().read("rw.lookup", "1.0.0.2 1024 1.0.0.3 1025"))
                    .isEqualTo("1.0.0.2 1024 2.115.2.2 2");
            assertThat(nat.run().read("rw.tcp_lookup", "53.1.1.1 1 2.115.2.2 2"))
                    .isEqualTo("1.0.0.4 1024 2.115.2.2 2");
            assertThat(nat.run().read("rw.udp_lookup", "53.1.1.1 1 2.115.2.2 2")).isEmpty();
            assertThatThrownBy(() -> nat.run().read("rw.lookup", "1.1.1.1 2 3"))
                    .isInstanceOf(HandlerException.class);
            assertThatThrownBy(() -> nat.run().write("rw.pattern1", "pattern 1.0.0.1 9-0 - - 0 1"))
                    .isInstanceOf(HandlerException.class)
                    .hasMessageContaining("bad source port");
        }
    }

    @Test
    void takesPatternsByNameAndMappersInTurn() throws Exception {
        String others =
                "IPRewriterPatterns(NAT 9.9.9.9 100-200# - -, WEB - - 8.8.8.8 80);"
                        + "servers :: RoundRobinIPMapper(WEB 0 1, - - 7.7.7.7 - 0 1);";
        try (RewriteRun nat =
                new RewriteRun("IPRewriter(pattern NAT 0 1, servers)", others, 2, 2)) {
            assertThat(nat.push(0, "1.1.1.1 1 2.2.2.2 2 T")).isEqualTo("0 9.9.9.9 100 2.2.2.2 2 T");
            assertThat(nat.push(1, "1.1.1.2 1 2.2.2.2 2 T")).isEqualTo("0 1.1.1.2 1 8.8.8.8 80 T");
            assertThat(nat.push(1, "1.1.1.3 1 2.2.2.2 2 T")).isEqualTo("0 1.1.1.3 1 7.7.7.7 2 T");
            assertThat(nat.push(1, "1.1.1.4 1 2.2.2.2 2 T")).isEqualTo("0 1.1.1.4 1 8.8.8.8 80 T");
            assertThat(nat.push(1, "1.1.1.3 1 2.2.2.2 2 T")).isEqualTo("0 1.1.1.3 1 7.7.7.7 2 T");
            assertThat(nat.push(0, "8.8.8.8 80 1.1.1.4 1 T")).isEqualTo("1 2.2.2.2 2 1.1.1.4 1 T");
            // 8.8.8.8 has such a flow already, so the next pattern takes it.
            assertThat(nat.push(1, "1.1.1.4 1 2.2.2.3 2 T")).isEqualTo("0 1.1.1.4 1 7.7.7.7 2 T");
            assertThat(nat.read("patterns")).isEqualTo("9.9.9.9 100-200 - - [1]\n<servers> [4]\n");
        }
    }

    @Test
    void leavesAnnotationsForRepliesAndTheDestination() throws Exception {
        String text =
                "in0 :: Inject -> CheckIPHeader -> Paint(7) -> [0]rw :: IPRewriter("
                        + "pattern 1.0.0.1 5 - - 0 1, drop, REPLY_ANNO PAINT, DST_ANNO MARKS);"
                        + "in1 :: Inject -> CheckIPHeader -> Paint(1) -> [1]rw;"
                        + "rw[0] -> out0 :: Collect; rw[1] -> out1 :: Collect;";
        for (boolean marks : new boolean[] {true, false}) {
            try (var run = GraphRun.of(text.replace("MARKS", "" + marks))) {
                run.pushFrom("in0", Segments.udp("3.3.3.3", 3, "4.4.4.4", 4, ""));
                run.pushFrom("in1", Segments.udp("4.4.4.4", 4, "1.0.0.1", 5, ""));
                assertThat(run.seen("out0").getFirst().paint()).isEqualTo(7);
                assertThat(run.seen("out1").getFirst().paint()).isEqualTo(7);
                assertThat(run.seen("out1").getFirst().destination().toString())
                        .isEqualTo(marks ? "3.3.3.3" : "1.0.0.1");
            }
        }
    }

    @Test
    void handlesFragmentsAndOtherProtocolsAsDocumented() throws Exception {
        String ospf = Packets.ipv4("1.1.1.1", "2.2.2.2", 9, 89, "02010000");
        String later = fragment(Segments.udp("1.1.1.1", 10, "2.2.2.2", 20, "ab"), "0010");
        String first = fragment(Segments.udp("1.1.1.1", 10, "2.2.2.2", 20, "ab"), "2000");
        String cut = Packets.ipv4("1.1.1.1", "2.2.2.2", 9, 6, "000a0014" + "00".repeat(14));
        try (RewriteRun nat =
                new RewriteRun("IPRewriter(pattern 1.0.0.1 1-9# - - 0 1, pass 1)", 2, 2)) {
            assertThat(nat.pushHex(0, ospf)).isEqualTo("-");
            assertThat(nat.pushHex(0, later)).isEqualTo("-");
            assertThat(nat.pushHex(0, cut)).isEqualTo("-");
            assertThat(nat.pushHex(1, ospf)).isEqualTo("1 " + ospf);
            assertThat(nat.pushHex(1, later)).isEqualTo("1 " + later);
            assertThat(nat.run().books()).contains("drop rw notRewritable 3");
            String out = nat.pushHex(0, first);
            assertThat(Segments.summary(out.substring(2))).isEqualTo("1.0.0.1 1 2.2.2.2 20 U");
            // A checksum of 0 says that there is none, and stays.
            String none = first.substring(0, 52) + "0000" + first.substring(56);
            assertThat(nat.pushHex(0, none).substring(2 + 52, 2 + 56)).isEqualTo("0000");
        }
    }

    private static String fragment(String packet, String field) {
        String head = packet.substring(0, 12) + field + packet.substring(16, 20);
        String addresses = packet.substring(24, 40);
        return head + Packets.checksum(head + addresses) + addresses + packet.substring(40);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "IPRewriter(pattern 1.0.0.1 1x - - 0 1)|input spec 0: bad source port",
                "IPRewriter(pattern 1.0.0.1 456-19 - - 0 1)|input spec 0: bad source port",
                "IPRewriter(pattern 1.0.0.1 456-65536 - - 0 1)|input spec 0: bad source port",
                "IPRewriter(pattern 1.0.0.x 1 - - 0 1)|input spec 0: bad source address",
                "IPRewriter(pattern 1.0.0.1 1 x - 0 1)|input spec 0: bad destination address",
                "IPRewriter(pattern 1.0.0.1 1 - 1-2 0 1)|input spec 0: bad destination port",
                "IPRewriter(pattern 1.0.0.1 1 - - 0 2)|input spec 0: bad output '2'",
                "IPRewriter(pattern NAT 0 1)|no IPRewriterPatterns has a pattern 'NAT'",
                "IPRewriter(pattern 1 0)|want 'SADDR SPORT",
                "IPRewriter(pass 0 1)|want 'pass OUTPUT'",
                "IPRewriter(keep 0)|want 'keep FOUTPUT ROUTPUT'",
                "IPRewriter(frobnicate)|neither drop, pass, keep or pattern",
                "IPRewriter(drop, drop)|1 inputs are in use, with 2 INPUTSPECs",
                "IPRewriter(drop, MAPPING_CAPACITY 0)|outside 1 to 16777216",
                "IPRewriter(drop, MAPPING_CAPACITY in0)|no number and no rewriter",
                "IPRewriter(drop, TCP_TIMEOUT soon)|TCP_TIMEOUT",
                "IPAddrRewriter(pattern 1.0.0.1 1 - - 0 1)|bad source port",
                "IPAddrRewriter(pattern 1.0.0.1 2.0.0.1 0 1)|bad destination address",
                "IPAddrRewriter(pattern 1.255.0.0-1.0.255.255 - 0 1)|bad source address",
            })
    void refuses(String configuration, String problem) {
        assertThatThrownBy(() -> new RewriteRun(configuration, 1, 2).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NAT",
                "NAT 1.1.1.1",
                "NAT 1.0.0.1 1-9 - -, NAT 1.0.0.2 1-9 - -",
                "NAT x - - -"
            })
    void refusesPatterns(String configuration) {
        assertThatThrownBy(
                        () ->
                                new RewriteRun(
                                                "IPRewriter(drop)",
                                                "IPRewriterPatterns(" + configuration + ");",
                                                1,
                                                1)
                                        .close())
                .isInstanceOf(ConfigException.class);
    }
}
