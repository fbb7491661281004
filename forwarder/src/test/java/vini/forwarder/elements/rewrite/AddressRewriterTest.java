package vini.forwarder.elements.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.forwarder.kit.Packets;

import java.util.TreeSet;

/** IPAddrRewriter and IPAddrPairRewriter; the cases are those of Click's own tests. */
class AddressRewriterTest {
    @ParameterizedTest
    @CsvSource({
        "1.0.0.1, 1.0.0.1 -",
        "1.0.0.1-1.0.255.255, 1.0.0.1-1.0.255.255 -",
        "1.0.0.1/24, 1.0.0.1-1.0.0.254 -",
        "1.0.0.1/8, 1.0.0.1-1.255.255.254 -",
        "1.0.0.1/32, 1.0.0.1 -",
        "-, - -",
    })
    void writesPatterns(String source, String text) throws Exception {
        try (RewriteRun nat =
                new RewriteRun("IPAddrRewriter(pattern " + source + " - 0 1)", 1, 2)) {
            assertThat(nat.read("patterns")).isEqualTo(text + "\n");
        }
    }

    @Test
    void givesEachSourceAnAddress() throws Exception {
        try (RewriteRun nat =
                new RewriteRun("IPAddrRewriter(pattern 3.0.0.1-3.0.0.255# - 0 0)", 1, 1)) {
            assertThat(nat.push(0, "1.0.0.1 1 9.9.9.9 2 T")).isEqualTo("0 3.0.0.1 1 9.9.9.9 2 T");
            assertThat(nat.push(0, "1.0.0.2 1 9.9.9.8 2 U")).isEqualTo("0 3.0.0.2 1 9.9.9.8 2 U");
            assertThat(nat.push(0, "1.0.0.1 1 9.9.9.7 2 U")).isEqualTo("0 3.0.0.1 1 9.9.9.7 2 U");
            assertThat(nat.push(0, "9.9.9.6 1 3.0.0.1 2 T")).isEqualTo("0 9.9.9.6 1 1.0.0.1 2 T");
            assertThat(nat.read("table").lines().map(l -> l.replaceFirst(" exp.*", "")))
                    .containsExactly(
                            "(1.0.0.1, -) => (3.0.0.1, -) [*0 0] i0",
                            "(-, 3.0.0.1) => (-, 1.0.0.1) [0 *0] i0",
                            "(1.0.0.2, -) => (3.0.0.2, -) [*0 0] i0",
                            "(-, 3.0.0.2) => (-, 1.0.0.2) [0 *0] i0");
            assertThat(nat.read("nmappings")).isEqualTo("2");
        }
    }

    @Test
    void givesEachPairAnAddress() throws Exception {
        try (RewriteRun nat =
                new RewriteRun("IPAddrPairRewriter(pattern 3.0.0.1-3.0.0.255# - 0 0)", 1, 1)) {
            assertThat(nat.push(0, "1.0.0.1 1 9.9.9.9 2 T")).isEqualTo("0 3.0.0.1 1 9.9.9.9 2 T");
            assertThat(nat.push(0, "1.0.0.2 1 9.9.9.8 2 T")).isEqualTo("0 3.0.0.2 1 9.9.9.8 2 T");
            assertThat(nat.push(0, "1.0.0.1 1 9.9.9.9 2 U")).isEqualTo("0 3.0.0.1 1 9.9.9.9 2 U");
            assertThat(nat.push(0, "1.0.0.1 1 9.9.9.7 2 T")).isEqualTo("0 3.0.0.3 1 9.9.9.7 2 T");
            assertThat(nat.push(0, "9.9.9.6 1 3.0.0.1 2 T")).isEqualTo("0 3.0.0.4 1 3.0.0.1 2 T");
            assertThat(nat.push(0, "9.9.9.7 1 3.0.0.3 2 T")).isEqualTo("0 9.9.9.7 1 1.0.0.1 2 T");
            assertThat(nat.read("table"))
                    .contains("(9.9.9.7, 3.0.0.3) => (9.9.9.7, 1.0.0.1) [0 *0] i0");
        }
    }

    @Test
    void takesAnyFreeAddressAndDropsWhenNoneIsLeft() throws Exception {
        try (RewriteRun nat =
                new RewriteRun("IPAddrRewriter(pattern 3.0.0.0/29 - 0 1, drop)", 2, 2)) {
            TreeSet<String> got = new TreeSet<>();
            for (int i = 1; i <= 6; i++) {
                got.add(nat.push(0, "1.0.0." + i + " 1 9.9.9.9 2 T").split(" ", -1)[1]);
            }
            assertThat(got).hasSize(6).first().isEqualTo("3.0.0.1");
            assertThat(nat.push(0, "1.0.0.7 1 9.9.9.9 2 T")).isEqualTo("-");
            assertThat(nat.read("mapping_failures")).isEqualTo("1");
            assertThat(nat.push(1, "9.9.9.9 1 3.0.0.7 2 T")).isEqualTo("-");
        }
    }

    @Test
    void rewritesFragmentsAndAllProtocols() throws Exception {
        String later = "450000200001000a0006" + "0000" + "01000001" + "09090909" + "00".repeat(12);
        String head = later.substring(0, 20);
        String addresses = later.substring(24, 40);
        String fragment = head + Packets.checksum(head + addresses) + later.substring(24);
        String ospf = Packets.ipv4("1.0.0.1", "9.9.9.9", 9, 89, "02010000");
        for (String element :
                new String[] {
                    "IPAddrRewriter(pattern 3.0.0.1 - 0 1, drop)",
                    "IPAddrPairRewriter(pattern 3.0.0.1 - 0 1, drop)"
                }) {
            try (RewriteRun nat = new RewriteRun(element, 2, 2)) {
                nat.run().pushFrom("in0", fragment, ospf);
                assertThat(nat.run().out("out0"))
                        .containsExactly(
                                head
                                        + Packets.checksum(head + "03000001" + "09090909")
                                        + "0300000109090909"
                                        + fragment.substring(40),
                                Packets.ipv4("3.0.0.1", "9.9.9.9", 9, 89, "02010000"));
            }
        }
    }

    @Test
    void pairsMayGetAnotherDestination() throws Exception {
        try (RewriteRun nat =
                new RewriteRun("IPAddrPairRewriter(pattern - 7.7.7.7 0 1, keep 1 0)", 2, 2)) {
            assertThat(nat.push(0, "1.0.0.1 1 9.9.9.9 2 T")).isEqualTo("0 1.0.0.1 1 7.7.7.7 2 T");
            assertThat(nat.push(1, "7.7.7.7 2 1.0.0.1 1 T")).isEqualTo("1 9.9.9.9 2 1.0.0.1 1 T");
            assertThat(nat.push(1, "5.5.5.5 2 6.6.6.6 1 U")).isEqualTo("1 5.5.5.5 2 6.6.6.6 1 U");
            assertThat(nat.push(0, "6.6.6.6 2 5.5.5.5 1 U")).isEqualTo("0 6.6.6.6 2 5.5.5.5 1 U");
            // Another flow with the same replies as the first: there is no room for it.
            assertThat(nat.push(0, "1.0.0.1 1 8.8.8.8 2 T")).isEqualTo("-");
        }
    }
}
