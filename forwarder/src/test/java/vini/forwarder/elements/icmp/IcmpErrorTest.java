package vini.forwarder.elements.icmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static vini.forwarder.kit.Packets.UDP;
import static vini.forwarder.kit.Packets.UDP_1;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.forwarder.ConfigException;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Packets;

import java.util.Arrays;

class IcmpErrorTest {
    private static String graph(String arguments) {
        return "in :: Inject -> CheckIPHeader -> e :: ICMPError("
                + arguments
                + ") -> o :: Collect;";
    }

    @Test
    void answersTimeExceeded() throws Exception {
        // 56 bytes, type of service 0xc0, TTL 64, from 10.0.0.9 to 10.0.0.1; then type 11, code 0,
        // checksum, four zeros, and the packet.
        String header = "45c0003800000000400165fc" + "0a0000090a000001";
        String icmp = "0b00" + "d9f7" + "00000000" + UDP_1;
        try (GraphRun run = GraphRun.of(graph("10.0.0.9, timeexceeded"))) {
            run.push(UDP_1);
            assertThat(run.out("o")).containsExactly(header + icmp);
            assertThat(Packets.checksum(icmp)).isEqualTo("0000");
            assertThat(run.seen("o").getFirst().destination()).hasToString("10.0.0.1");
            assertThat(run.books())
                    .contains("sent 2", "delivered 1", "drop e ttlExpired 1")
                    .hasSize(5);
        }
    }

    @Test
    void needfragSaysTheMtu() throws Exception {
        try (GraphRun run = GraphRun.of(graph("10.0.0.9, unreachable, needfrag, PMTU 1400"))) {
            run.push(UDP);
            String icmp = run.out("o").getFirst().substring(40);
            assertThat(icmp).startsWith("0304").endsWith("00000578" + UDP);
            assertThat(Packets.checksum(icmp)).isEqualTo("0000");
            assertThat(run.books()).contains("drop e unreachable 1");
        }
    }

    @Test
    void quotesAsMuchAsFits576Bytes() throws Exception {
        String longOne = Packets.ipv4("10.0.0.1", "10.0.0.2", 1, 17, "ab".repeat(1400));
        try (GraphRun run = GraphRun.of(graph("10.0.0.9, timeexceeded"))) {
            run.push(longOne);
            String answer = run.out("o").getFirst();
            assertThat(answer).hasSize(2 * 576).endsWith(longOne.substring(0, 2 * 548));
            assertThat(Packets.checksum(answer.substring(40))).isEqualTo("0000");
        }
    }

    @Test
    void answersEchoRequestsAndReplies() throws Exception {
        String request = Packets.ipv4("10.0.0.1", "10.0.0.2", 1, 1, "0800f7fd00010001");
        String reply = Packets.ipv4("10.0.0.1", "10.0.0.2", 1, 1, "0000fffd00010001");
        try (GraphRun run = GraphRun.of(graph("10.0.0.9, timeexceeded"))) {
            run.push(request, reply);
            assertThat(run.out("o")).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "an ICMP error, 10.0.0.1, 10.0.0.2, 1, 0b00f4ff00000000",
        "an ICMP redirect, 10.0.0.1, 10.0.0.2, 1, 0500f4ff00000000",
        "ICMP without a type, 10.0.0.1, 10.0.0.2, 1, ''",
        "to a multicast group, 10.0.0.1, 224.0.0.5, 17, 0102030400080000",
        "to the broadcast address, 10.0.0.1, 255.255.255.255, 17, 0102030400080000",
        "from nobody, 0.0.0.0, 10.0.0.2, 17, 0102030400080000",
        "from the loopback net, 127.0.0.1, 10.0.0.2, 17, 0102030400080000",
        "from class E, 240.0.0.1, 10.0.0.2, 17, 0102030400080000",
    })
    void doesNotAnswer(String what, String from, String to, int protocol, String payload)
            throws Exception {
        try (GraphRun run = GraphRun.of(graph("10.0.0.9, timeexceeded"))) {
            run.push(Packets.ipv4(from, to, 1, protocol, payload));
            assertThat(run.out("o")).as(what).isEmpty();
            assertThat(run.books()).contains("sent 1", "delivered 0", "drop e ttlExpired 1");
        }
    }

    @Test
    void doesNotAnswerALaterFragment() throws Exception {
        String head = "4500001c000100014011";
        String addresses = "0a0000010a000002";
        try (GraphRun run = GraphRun.of(graph("10.0.0.9, timeexceeded"))) {
            run.push(head + Packets.checksum(head + addresses) + addresses + "0102030405060708");
            assertThat(run.out("o")).isEmpty();
        }
    }

    @Test
    void aLoopThroughTheForwardingTableEnds() throws Exception {
        // The source of the packet is unreachable, too: its error must not be answered again.
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> CheckIPHeader -> fib :: RadixIPLookup(0.0.0.0/0 0);"
                                + "fib[0] -> e :: ICMPError(10.0.0.9, unreachable, net) -> fib;")) {
            String[] many = new String[150];
            Arrays.fill(many, UDP);
            run.push(many);
            assertThat(run.books())
                    .containsExactly(
                            "sent 300",
                            "delivered 0",
                            "tunnelled 0",
                            "untunnelled 0",
                            "drop e unreachable 300");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''; missing argument SRC",
                "10.0.0.9; missing argument TYPE",
                "10.0.0, timeexceeded; SRC: \"10.0.0\" is not an IPv4 address like 10.77.0.1",
                "10.0.0.9, timeover; TYPE: 'timeover' is not a whole number",
                "10.0.0.9, 256; TYPE: 256 is outside 0 to 255",
                "10.0.0.9, 3, -1; CODE: -1 is outside 0 to 255",
                "10.0.0.9, 3, 4, PMTU big; PMTU: 'big' is not a whole number",
                "10.0.0.9, 3, 4, PMTU 70000; PMTU: 70000 is outside 0 to 65535",
                "10.0.0.9, 3, 4, 5; 'unexpected argument ''5''; it takes SRC, TYPE, CODE, BADADDRS,"
                        + " MTU, PMTU, SET_FIX_ANNO, USE_FIX_ANNO, RATE, BURST'",
            })
    void refuses(String arguments, String message) {
        assertThatThrownBy(() -> GraphRun.of(graph(arguments)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("t.click:1: 'e :: ICMPError': " + message);
    }
}
