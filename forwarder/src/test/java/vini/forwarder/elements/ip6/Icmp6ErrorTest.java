package vini.forwarder.elements.ip6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static vini.forwarder.elements.ip6.Ip6Packets.A;
import static vini.forwarder.elements.ip6.Ip6Packets.B;
import static vini.forwarder.elements.ip6.Ip6Packets.UDP;
import static vini.forwarder.elements.ip6.Ip6Packets.icmp;
import static vini.forwarder.elements.ip6.Ip6Packets.ipv6;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.forwarder.ConfigException;
import vini.forwarder.Packet;
import vini.forwarder.PacketType;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Inject;

import java.util.List;

class Icmp6ErrorTest {
    private static GraphRun run(String arguments) throws Exception {
        return GraphRun.of(
                "in :: Inject -> CheckIP6Header -> ICMP6Error(fd00::ff, %s) -> out :: Collect;"
                        .formatted(arguments));
    }

    /** RFC 4443 2.4 e, rule by rule. */
    @Test
    void isSilentWhereItMustBe() throws Exception {
        String udp = ipv6(A, B, 17, 1, UDP);
        List<String> silent =
                List.of(
                        icmp(A, B, 1, 1, 0, "00000000" + udp),
                        icmp(A, B, 1, 127, 0, "00000000"),
                        icmp(A, B, 1, 137, 0, "00000000"),
                        // An error behind destination options, and a type that is cut off.
                        ipv6(A, B, 60, 1, "3a00000000000000" + "0300000000000000"),
                        ipv6(A, B, 58, 1, ""),
                        ipv6(A, B, 44, 1, "1100000800000007" + UDP),
                        ipv6(A, B, 0, 1, "11"),
                        ipv6(A, "ff02::1", 17, 1, UDP),
                        ipv6("::", B, 17, 1, UDP));
        try (GraphRun run = run("timeexceeded")) {
            for (String packet : silent) {
                run.push(packet);
                assertThat(run.out("out")).as(packet).isEmpty();
            }
        }
    }

    @Test
    void answersTheFirstFragmentAndQueriesAndWhatHasNoMore() throws Exception {
        List<String> asked =
                List.of(
                        ipv6(A, B, 17, 1, UDP),
                        ipv6(A, B, 44, 1, "1100000100000007" + UDP),
                        icmp(A, B, 1, 128, 0, "00010001"),
                        ipv6(A, B, 59, 1, ""));
        try (GraphRun run = run("unreachable, noroute")) {
            for (String packet : asked) {
                run.push(packet);
                assertThat(run.out("out").getLast())
                        .isEqualTo(icmp("fd00::ff", A, 64, 1, 0, "00000000" + packet));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "packettoobig, MTU 1400; 2; 0; 00000578",
                "parameterproblem, 2; 4; 2; 00000000"
            })
    void twoErrorsAnswerWhatWentToAGroup(String arguments, int type, int code, String body)
            throws Exception {
        try (GraphRun run = run(arguments)) {
            String packet = ipv6(A, "ff02::1", 17, 1, UDP);
            run.push(packet);
            assertThat(run.out("out"))
                    .containsExactly(icmp("fd00::ff", A, 64, type, code, body + packet));
        }
        try (GraphRun run = run("parameterproblem, 1")) {
            run.push(ipv6(A, "ff02::1", 17, 1, UDP));
            assertThat(run.out("out")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"BROADCAST, 0", "MULTICAST, 0", "HOST, 1"})
    void isSilentAboutWhatWentToAllOfTheLink(PacketType type, int answers) throws Exception {
        try (GraphRun run = run("timeexceeded")) {
            Inject in = run.element("in", Inject.class);
            Packet packet = in.packet(ipv6(A, B, 17, 1, UDP));
            packet.type(type);
            in.inject(packet);
            assertThat(run.out("out")).hasSize(answers);
        }
    }

    @Test
    void quotesAsMuchAsFits1280Bytes() throws Exception {
        try (GraphRun run = run("timeexceeded")) {
            run.push(ipv6(A, B, 17, 1, "ab".repeat(1400)));
            assertThat(run.out("out").getFirst()).hasSize(2 * 1280);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "256; TYPE: 256 is outside 0 to 255",
                "nonsense; TYPE: 'nonsense' is not a whole number",
                "packettoobig, MTU 100; MTU: 100 is outside 1280 to 65535",
            })
    void refuses(String arguments, String problem) {
        assertThatThrownBy(() -> run(arguments))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(problem);
    }
}
