package vini.forwarder.elements.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static vini.forwarder.elements.tcpudp.Segments.ACK;
import static vini.forwarder.elements.tcpudp.Segments.echo;
import static vini.forwarder.elements.tcpudp.Segments.error;
import static vini.forwarder.elements.tcpudp.Segments.sound;
import static vini.forwarder.elements.tcpudp.Segments.tcp;
import static vini.forwarder.elements.tcpudp.Segments.udp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import vini.forwarder.ConfigException;
import vini.forwarder.kit.GraphRun;

import java.util.List;

/** A whole NAT: TCP, UDP, pings and ICMP errors, from inside and from outside. */
class NatTest {
    private static final String NAT =
            """
            inside, outside :: Inject;
            rw :: IPRewriter(pattern 203.0.113.1 1024-65535# - - 0 1, drop);
            ping :: ICMPPingRewriter(pattern 203.0.113.1 - 0-65535# 0 1, drop);
            errors_out, errors_in :: ICMPRewriter(rw ping);
            to_inside, to_outside, stray :: Collect;
            inside -> CheckIPHeader -> in :: IPClassifier(tcp or udp, icmp type echo or icmp type echo-reply, -);
            outside -> CheckIPHeader -> out :: IPClassifier(tcp or udp, icmp type echo or icmp type echo-reply, -);
            in[0] -> [0]rw; in[1] -> [0]ping; in[2] -> errors_out -> to_outside;
            out[0] -> [1]rw; out[1] -> [1]ping; out[2] -> errors_in -> to_inside;
            rw[0] -> to_outside; rw[1] -> to_inside;
            ping[0] -> to_outside; ping[1] -> to_inside;
            errors_in[1] -> stray; errors_out[1] -> stray;
            """;

    private static final String HOST = "10.0.0.5";
    private static final String NATTED = "203.0.113.1";
    private static final String SERVER = "198.51.100.7";
    private static final String ROUTER = "192.0.2.9";

    private static String last(GraphRun run, String collect) {
        List<String> out = run.out(collect);
        assertThat(out).isNotEmpty();
        assertThat(sound(out.getLast())).as(out.getLast()).isTrue();
        return out.getLast();
    }

    @Test
    void conversationsPassBothWays() throws Exception {
        try (GraphRun run = GraphRun.of(NAT)) {
            run.pushFrom("inside", tcp(HOST, 4000, SERVER, 80, ACK, "6869"));
            assertThat(last(run, "to_outside"))
                    .isEqualTo(tcp(NATTED, 1024, SERVER, 80, ACK, "6869"));
            run.pushFrom("outside", tcp(SERVER, 80, NATTED, 1024, ACK, "616263"));
            assertThat(last(run, "to_inside"))
                    .isEqualTo(tcp(SERVER, 80, HOST, 4000, ACK, "616263"));
            run.pushFrom("inside", udp(HOST, 4000, SERVER, 53, "6869"));
            assertThat(last(run, "to_outside")).isEqualTo(udp(NATTED, 1025, SERVER, 53, "6869"));
            run.pushFrom("outside", udp(SERVER, 53, NATTED, 1025, "61"));
            assertThat(last(run, "to_inside")).isEqualTo(udp(SERVER, 53, HOST, 4000, "61"));
            run.pushFrom("inside", echo(HOST, SERVER, 8, 777, 1), echo(HOST, SERVER, 8, 777, 2));
            assertThat(last(run, "to_outside")).isEqualTo(echo(NATTED, SERVER, 8, 0, 2));
            run.pushFrom("outside", echo(SERVER, NATTED, 0, 0, 2));
            assertThat(last(run, "to_inside")).isEqualTo(echo(SERVER, HOST, 0, 777, 2));
            assertThat(run.seen("to_inside").getLast().destination().toString()).isEqualTo(HOST);
            int inside = run.out("to_inside").size();
            run.pushFrom(
                    "outside",
                    udp(SERVER, 54, NATTED, 1025, "61"),
                    echo(SERVER, NATTED, 0, 9, 2),
                    echo(SERVER, NATTED, 8, 0, 2));
            assertThat(run.out("to_inside")).hasSize(inside);
            assertThat(run.books()).contains("drop ping dropInput 2", "drop rw dropInput 1");
        }
    }

    /** A router and the server itself answer with errors, which quote so many bytes. */
    @ParameterizedTest
    @CsvSource({"0b00, 28", "0301, 28", "0304, 48", "0c00, 60", "0400, 28", "0501, 200"})
    void errorsFromOutsideReachTheHost(String type, int bytes) throws Exception {
        try (GraphRun run = GraphRun.of(NAT)) {
            String[][] pairs = {
                {
                    tcp(HOST, 4000, SERVER, 80, ACK, "6869"),
                    tcp(NATTED, 1024, SERVER, 80, ACK, "6869")
                },
                {udp(HOST, 4000, SERVER, 53, "616263"), udp(NATTED, 1025, SERVER, 53, "616263")},
                {echo(HOST, SERVER, 8, 777, 1), echo(NATTED, SERVER, 8, 0, 1)}
            };
            for (String[] pair : pairs) {
                run.pushFrom("inside", pair[0]);
                assertThat(last(run, "to_outside")).isEqualTo(pair[1]);
                run.pushFrom("outside", error(ROUTER, NATTED, type, pair[1], bytes));
                assertThat(last(run, "to_inside"))
                        .isEqualTo(error(ROUTER, HOST, type, pair[0], bytes));
                run.pushFrom("outside", error(SERVER, NATTED, type, pair[1], bytes));
                assertThat(last(run, "to_inside"))
                        .isEqualTo(error(SERVER, HOST, type, pair[0], bytes));
            }
        }
    }

    @Test
    void errorsFromInsideReachTheServer() throws Exception {
        try (GraphRun run = GraphRun.of(NAT)) {
            run.pushFrom(
                    "inside", udp(HOST, 4000, SERVER, 53, "61"), echo(HOST, SERVER, 8, 777, 1));
            String toHost = udp(SERVER, 53, HOST, 4000, "62");
            run.pushFrom("inside", error(HOST, SERVER, "0303", toHost, 28));
            assertThat(last(run, "to_outside"))
                    .isEqualTo(
                            error(NATTED, SERVER, "0303", udp(SERVER, 53, NATTED, 1024, "62"), 28));
            String reply = echo(SERVER, HOST, 0, 777, 1);
            run.pushFrom("inside", error(HOST, SERVER, "0302", reply, 28));
            assertThat(last(run, "to_outside"))
                    .isEqualTo(error(NATTED, SERVER, "0302", echo(SERVER, NATTED, 0, 0, 1), 28));
        }
    }

    @Test
    void strayErrorsGoElsewhere() throws Exception {
        try (GraphRun run = GraphRun.of(NAT)) {
            String sent = udp(NATTED, 1024, SERVER, 53, "616263");
            String noFlow = error(ROUTER, NATTED, "0b00", sent, 28);
            run.pushFrom("outside", noFlow);
            run.pushFrom("inside", udp(HOST, 4000, SERVER, 53, "616263"));
            // Seven bytes of UDP; a destination that the quoted packet did not come from; no error.
            String cut = error(ROUTER, NATTED, "0b00", sent, 27);
            String forged = error(ROUTER, "203.0.113.2", "0b00", sent, 28);
            String timestamp = error(ROUTER, NATTED, "0d00", sent, 28);
            run.pushFrom("outside", cut, forged, timestamp);
            assertThat(run.out("stray")).containsExactly(noFlow, cut, forged, timestamp);
            assertThat(run.out("to_inside")).isEmpty();
        }
    }

    @Test
    void errorsAboutAddressRewritersAreRewrittenToo() throws Exception {
        for (String element : new String[] {"IPAddrRewriter", "IPAddrPairRewriter"}) {
            try (GraphRun run =
                    GraphRun.of(
                            "a :: Inject -> CheckIPHeader -> [0]rw :: "
                                    + element
                                    + "(pattern 203.0.113.1 - 0 1, drop);b :: Inject ->"
                                    + " CheckIPHeader -> e :: ICMPRewriter(rw, DST_ANNO false)-> c"
                                    + " :: Collect; Idle -> [1]rw;rw[0] -> d :: Collect; rw[1] ->"
                                    + " Discard;")) {
                String sent = tcp(HOST, 4000, SERVER, 80, ACK, "6869");
                run.pushFrom("a", sent);
                String out = tcp(NATTED, 4000, SERVER, 80, ACK, "6869");
                assertThat(last(run, "d")).isEqualTo(out);
                run.pushFrom("b", error(SERVER, NATTED, "0301", out, 40));
                assertThat(last(run, "c")).isEqualTo(error(SERVER, HOST, "0301", sent, 40));
                run.pushFrom(
                        "b", error(HOST, SERVER, "0303", tcp(SERVER, 80, HOST, 4000, ACK, ""), 40));
                assertThat(last(run, "c"))
                        .isEqualTo(
                                error(
                                        NATTED,
                                        SERVER,
                                        "0303",
                                        tcp(SERVER, 80, NATTED, 4000, ACK, ""),
                                        40));
                assertThat(run.seen("c").getFirst().destination().toString()).isEqualTo(NATTED);
            }
        }
    }

    @Test
    void repliesOfErrorsGetTheAnnotation() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "a :: Inject -> CheckIPHeader -> Paint(9) -> rw :: IPRewriter(pattern"
                            + " 203.0.113.1 1024 - - 0 0, REPLY_ANNO PAINT) -> d :: Collect;b ::"
                            + " Inject -> CheckIPHeader -> ICMPRewriter(rw, REPLY_ANNO PAINT) -> c"
                            + " :: Collect;")) {
            run.pushFrom("a", udp(HOST, 4000, SERVER, 80, "6869"));
            run.pushFrom("b", error(ROUTER, NATTED, "0b00", last(run, "d"), 28));
            assertThat(run.seen("c").getFirst().paint()).isEqualTo(9);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nothing", "d", "rw, DST_ANNO maybe"})
    void refusesMaps(String maps) {
        String ends = ") -> Discard;";
        String start = "Idle -> rw :: IPRewriter(drop) -> d :: Discard; Idle -> ICMPRewriter(";
        assertThatThrownBy(() -> GraphRun.of(start + maps + ends))
                .isInstanceOf(ConfigException.class);
    }

    @Test
    void pingsKeepTheirIdentifierIfTheyCan() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "a :: Inject -> CheckIPHeader -> ping :: ICMPPingRewriter(pattern 2.0.0.2 -"
                            + " 0-65535 0 0, pass 1) -> d :: Collect;b :: Inject -> CheckIPHeader"
                            + " -> [1]ping; ping[1] -> e :: Collect;")) {
            run.pushFrom("a", echo("1.0.0.1", "5.0.0.5", 8, 10, 0));
            assertThat(last(run, "d")).isEqualTo(echo("2.0.0.2", "5.0.0.5", 8, 10, 0));
            run.pushFrom("a", echo("1.0.0.2", "5.0.0.5", 8, 10, 0));
            assertThat(last(run, "d")).isNotEqualTo(echo("2.0.0.2", "5.0.0.5", 8, 10, 0));
            run.pushFrom("b", echo("5.0.0.5", "2.0.0.2", 0, 10, 0));
            assertThat(last(run, "d")).isEqualTo(echo("5.0.0.5", "1.0.0.1", 0, 10, 0));
            // What belongs to no flow passes only where it may.
            run.pushFrom(
                    "a", echo("5.0.0.5", "2.0.0.3", 0, 10, 0), udp("1.0.0.1", 1, "5.0.0.5", 1, ""));
            run.pushFrom("b", echo("5.0.0.5", "2.0.0.3", 0, 10, 0));
            assertThat(run.out("d")).hasSize(3);
            assertThat(run.out("e")).hasSize(1);
            assertThat(run.read("ping.table"))
                    .startsWith(
                            "(1.0.0.1, 5.0.0.5, 10) => (2.0.0.2, 5.0.0.5, 10) [*0 0] i0 exp300.000")
                    .contains("(5.0.0.5, 2.0.0.2, 10) => (5.0.0.5, 1.0.0.1, 10) [0 *0] i0");
        }
    }
}
