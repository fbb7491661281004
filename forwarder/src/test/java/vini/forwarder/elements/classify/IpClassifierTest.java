package vini.forwarder.elements.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Packets;

class IpClassifierTest {
    private static String tcp(String from, int toPort, String flags) {
        String ports = "1000%04x".formatted(toPort);
        return Packets.ipv4(
                from, "192.0.2.1", 64, 6, ports + "0000000000000000" + "50" + flags + "00000000");
    }

    /** The first example of Click's manual. */
    @Test
    void sortsByFlags() throws Exception {
        String text =
                "in :: Inject -> CheckIPHeader -> c :: IPClassifier("
                        + "10.0.0.0/24 and syn, 10.0.0.0/24 and fin ack, 10.0.0.0/24 and tcp, -);"
                        + "c[0] -> syn :: Collect; c[1] -> fin :: Collect;"
                        + "c[2] -> tcp :: Collect; c[3] -> others :: Collect;";
        String syn = tcp("10.0.0.9", 80, "02");
        String fin = tcp("10.0.0.9", 80, "11");
        String onlyFin = tcp("10.0.0.9", 80, "01");
        String foreign = tcp("10.0.1.9", 80, "02");
        String udp = Packets.udp("10.0.0.9", "192.0.2.1", 9, 1, 2);
        try (GraphRun run = GraphRun.of(text)) {
            run.push(syn, fin, onlyFin, foreign, udp);
            assertThat(run.out("syn")).containsExactly(syn);
            assertThat(run.out("fin")).containsExactly(fin);
            assertThat(run.out("tcp")).containsExactly(onlyFin);
            assertThat(run.out("others")).containsExactly(foreign, udp);
        }
    }

    /** The second example of Click's manual. */
    @Test
    void sortsByPorts() throws Exception {
        String text =
                "in :: Inject -> c :: IPClassifier(dst tcp port 8000 or 8080, dst tcp port > 1023,"
                        + " tcp);c[0] -> web :: Collect; c[1] -> user :: Collect; c[2] -> tcp ::"
                        + " Collect;";
        try (GraphRun run = GraphRun.of(text)) {
            run.push(tcp("10.0.0.9", 8000, "02"), tcp("10.0.0.9", 8080, "02"));
            run.push(tcp("10.0.0.9", 8001, "02"), tcp("10.0.0.9", 1023, "02"), Packets.UDP);
            assertThat(run.out("web")).hasSize(2);
            assertThat(run.out("user")).containsExactly(tcp("10.0.0.9", 8001, "02"));
            assertThat(run.out("tcp")).containsExactly(tcp("10.0.0.9", 1023, "02"));
            assertThat(run.books()).contains("drop c noMatch 1");
        }
    }

    @Test
    void eachExpressionHasItsOutput() {
        assertThatThrownBy(() -> GraphRun.of("Idle -> IPClassifier(tcp, udp, -) -> Idle;"))
                .hasMessageContaining("there are 3 patterns for 1 outputs");
        assertThatThrownBy(
                        () ->
                                GraphRun.of(
                                        "Idle -> c :: IPClassifier(tcp, udp) -> Idle;"
                                                + "c[1] -> Idle; c[2] -> Idle;"))
                .hasMessageContaining("there are 2 patterns for 3 outputs");
    }
}
