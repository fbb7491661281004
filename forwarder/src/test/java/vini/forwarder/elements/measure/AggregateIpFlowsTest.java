package vini.forwarder.elements.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.Objects.requireNonNull;

import org.junit.jupiter.api.Test;

import vini.forwarder.ConfigException;
import vini.forwarder.kit.Collect;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Packets;

import java.util.List;

class AggregateIpFlowsTest {
    private static final String A = "18.26.4.44";
    private static final String B = "10.0.0.4";
    private static final int MORE = 0x2000;
    private static final int FIN = 1;
    private static final int ACK = 16;

    private static GraphRun graph(String arguments) throws Exception {
        return GraphRun.of(
                "in :: Inject -> af :: AggregateIPFlows("
                        + arguments
                        + ") -> c :: AggregateCounter -> out :: Collect; af[1] -> no :: Collect;");
    }

    private static void push(GraphRun run, long seconds, String hex) {
        Stamped.push(run, "in", seconds * Stamped.SECOND, hex);
    }

    private static List<String> counts(GraphRun run) throws Exception {
        int from = run.chatter().size() + 1;
        run.write("c.write_text_file", "-");
        return run.chatter().subList(from, run.chatter().size());
    }

    private static List<Integer> paints(GraphRun run) {
        return run.seen("out").stream().map(Collect.Seen::paint).toList();
    }

    private static List<String> ids(GraphRun run, String collect) {
        return run.out(collect).stream().map(hex -> hex.substring(8, 12)).toList();
    }

    /** Click's own example: later fragments come before the first ones. */
    @Test
    void fragmentsGetTheirPortsFromTheFirst() throws Exception {
        try (GraphRun run = graph("")) {
            push(run, 1, Stamped.part(A, B, 17, 1, 0, Stamped.udp(30, 40)));
            push(run, 1, Stamped.part(A, A, 17, 2, 0, Stamped.udp(30, 41)));
            push(run, 1, Stamped.part(B, A, 17, 3, 0, Stamped.udp(40, 30)));
            push(run, 1, Stamped.part(A, A, 17, 4, 0, Stamped.udp(41, 30)));
            push(run, 1, Stamped.part(A, A, 17, 5, 3, "00".repeat(60)));
            push(run, 1, Stamped.part(A, A, 17, 6, 3, "00".repeat(64)));
            assertThat(run.read("af.held")).isEqualTo("2");
            push(run, 1, Stamped.part(A, A, 17, 5, MORE, Stamped.udp(41, 30)));
            assertThat(ids(run, "out")).containsExactly("0001", "0002", "0003", "0004", "0005");
            push(run, 1, Stamped.part(A, A, 17, 6, MORE, Stamped.udp(30, 41)));
            assertThat(ids(run, "out"))
                    .containsExactly(
                            "0001", "0002", "0003", "0004", "0005", "0006", "0005", "0006");
            assertThat(paints(run)).containsExactly(0, 0, 1, 1, 1, 0, 1, 0);
            assertThat(counts(run)).containsExactly("1 2", "2 6");
            assertThat(run.read("af.held")).isEqualTo("0");
        }
    }

    @Test
    void aLaterFragmentAfterTheFirstGoesAtOnce() throws Exception {
        try (GraphRun run = graph("")) {
            push(run, 1, Stamped.part(A, B, 17, 5, MORE, Stamped.udp(41, 30)));
            push(run, 1, Stamped.part(A, B, 17, 5, 1, "00".repeat(8)));
            assertThat(counts(run)).containsExactly("1 2");
        }
    }

    @Test
    void aFragmentWithoutAFirstGoesElsewhereInTimeOrWhenCleared() throws Exception {
        try (GraphRun run = graph("FRAGMENT_TIMEOUT 10")) {
            push(run, 1, Stamped.part(A, B, 17, 5, 1, "00".repeat(8)));
            push(run, 2, Stamped.part(A, B, 17, 6, 0, Stamped.udp(1, 2)));
            push(run, 11, Stamped.part(B, A, 17, 7, 0, Stamped.udp(2, 1)));
            assertThat(ids(run, "no")).isEmpty();
            push(run, 12, Stamped.part(B, A, 17, 8, 0, Stamped.udp(2, 1)));
            assertThat(ids(run, "no")).containsExactly("0005");
            assertThat(ids(run, "out")).containsExactly("0006", "0007", "0008");
            push(run, 13, Stamped.part(A, B, 6, 9, 1, "00".repeat(8)));
            run.write("af.clear", "");
            assertThat(ids(run, "no")).containsExactly("0005", "0009");
            push(run, 13, Stamped.part(A, B, 17, 10, 0, Stamped.udp(1, 2)));
            assertThat(counts(run)).containsExactly("1 3", "2 1");
        }
    }

    @Test
    void thereIsABoundToWhatItHolds() throws Exception {
        try (GraphRun run = graph("")) {
            for (int i = 0; i < 5000; i++) {
                push(run, 1, Stamped.part(A, B, 17, i, 1, "00".repeat(8)));
            }
            assertThat(Integer.parseInt(run.read("af.held"))).isBetween(1, 4096);
            assertThat(run.out("no")).hasSizeGreaterThan(800);
        }
    }

    @Test
    void aFlowThatPausesIsOver() throws Exception {
        try (GraphRun run = graph("UDP_TIMEOUT 5s, REAP 100s")) {
            String packet = Packets.udp(A, B, 64, 1, 2);
            push(run, 1, packet);
            push(run, 6, packet);
            push(run, 12, packet);
            assertThat(counts(run)).containsExactly("1 2", "2 1");
            push(run, 300, Packets.udp(A, B, 64, 3, 4));
            assertThat(run.read("af.flows")).isEqualTo("1");
        }
    }

    @Test
    void aTcpFlowIsDoneAfterTwoFins() throws Exception {
        try (GraphRun run = graph("")) {
            push(run, 1, Packets.ipv4(A, B, 64, 6, Stamped.tcp(1, 2, FIN | ACK)));
            push(run, 100, Packets.ipv4(A, B, 64, 6, Stamped.tcp(1, 2, ACK)));
            push(run, 101, Packets.ipv4(B, A, 64, 6, Stamped.tcp(2, 1, FIN | ACK)));
            push(run, 102, Packets.ipv4(A, B, 64, 6, Stamped.tcp(1, 2, ACK)));
            assertThat(counts(run)).containsExactly("1 4");
            push(run, 200, Packets.ipv4(B, A, 64, 6, Stamped.tcp(2, 1, ACK)));
            assertThat(counts(run)).containsExactly("1 4", "2 1");
            assertThat(paints(run)).containsExactly(0, 0, 1, 0, 0);
        }
    }

    @Test
    void icmpErrorsBelongToTheFlowThatTheyAreAbout() throws Exception {
        String about = Packets.udp(A, B, 64, 1, 2);
        String error = Packets.ipv4("9.9.9.9", A, 64, 1, "0301000000000000" + about);
        String echo = Packets.ipv4("9.9.9.9", A, 64, 1, "0800000000000000" + about);
        String reverse =
                Packets.ipv4("9.9.9.9", A, 64, 1, "0b00000000000000" + Packets.udp(B, A, 1, 2, 1));
        try (GraphRun run = graph("ICMP true")) {
            push(run, 1, error);
            push(run, 1, about);
            push(run, 1, error);
            push(run, 1, reverse);
            push(run, 1, echo);
            assertThat(run.out("no")).containsExactly(error, echo);
            assertThat(paints(run)).containsExactly(0, 2, 3);
            assertThat(counts(run)).containsExactly("1 3");
        }
        try (GraphRun run = graph("")) {
            push(run, 1, about);
            push(run, 1, error);
            assertThat(run.out("no")).containsExactly(error);
        }
    }

    @Test
    void onAPullPathThereAreNoFragments() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> Queue -> af :: AggregateIPFlows -> Unqueue"
                                + " -> out :: Collect;")) {
            run.push(
                    Stamped.part(A, B, 17, 5, 1, "00".repeat(8)),
                    Stamped.part(A, B, 17, 5, MORE, Stamped.udp(41, 30)));
            run.run(1);
            assertThat(ids(run, "out")).containsExactly("0005");
            assertThat(run.read("af.drops")).isEqualTo("1");
        }
        assertThatThrownBy(
                        () ->
                                GraphRun.of(
                                        "Idle -> Queue -> af :: AggregateIPFlows(FRAGMENTS true)"
                                                + " -> Unqueue -> Discard;"))
                .isInstanceOf(ConfigException.class)
                .hasMessageEndingWith("FRAGMENTS true is for packets that are pushed only");
    }

    @Test
    void whatCannotBeReadIsRefused() {
        assertThatThrownBy(() -> graph("FRAGMENTS perhaps"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("FRAGMENTS: ");
    }

    @Test
    void takesItsFlowsOver() throws Exception {
        IpFlows old = new IpFlows(new IpFlows.Timeouts(10, 10, 10), 10);
        assertThat(old.findOrMake(17, 1, 2, 3, 0)).isNotNull();
        IpFlows flows = new IpFlows(new IpFlows.Timeouts(10, 10, 10), 10);
        flows.takeOver(old);
        assertThat(requireNonNull(flows.findOrMake(17, 1, 2, 3, 0)).number).isEqualTo(1);
        assertThat(requireNonNull(flows.findOrMake(17, 1, 2, 4, 0)).number).isEqualTo(2);
    }
}
