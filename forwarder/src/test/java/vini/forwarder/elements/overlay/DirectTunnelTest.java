package vini.forwarder.elements.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import vini.forwarder.ConfigException;
import vini.forwarder.Graph;
import vini.forwarder.kit.Collect;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Packets;

import java.util.Arrays;
import java.util.stream.IntStream;

class DirectTunnelTest {
    private static final String A = "in :: Inject -> t :: DirectTunnel(a, b) -> out :: Collect;";
    private static final String B = "in :: Inject -> t :: DirectTunnel(b, a) -> out :: Collect;";

    @Test
    void handsBatchesOverAsAnEventOfTheirOwn() throws Exception {
        try (GraphRun run = new GraphRun(1)) {
            run.start("a", A);
            run.start("b", B);
            run.pushFrom("a/in", "01", "02");
            assertThat(run.out("b/out")).as("not inside the push").isEmpty();
            run.run(0);
            assertThat(run.out("b/out")).containsExactly("01", "02");
            run.pushFrom("b/in", "03");
            run.run(0);
            assertThat(run.out("a/out")).containsExactly("03");
            assertThat(run.graph("a").ledger().text())
                    .isEqualTo("sent 2\ndelivered 1\ntunnelled 2\nuntunnelled 1\n");
        }
    }

    @Test
    void keepsTheOrderOfMoreThanABatch() throws Exception {
        try (GraphRun run = new GraphRun(1)) {
            run.start("a", A);
            run.start("b", B);
            String[] many =
                    IntStream.range(0, 500).mapToObj("%04x"::formatted).toArray(String[]::new);
            run.pushFrom("a/in", many);
            run.pushFrom("a/in", many);
            run.run(0);
            assertThat(run.out("b/out").subList(0, 500)).containsExactly(many);
            assertThat(run.out("b/out").subList(500, 1000)).containsExactly(many);
            assertThat(run.element("b/out", Collect.class).batchSizes()).contains(64);
        }
    }

    @Test
    void aRoutingLoopDoesNotNestAndEndsByTheTtl() throws Exception {
        String loop =
                "in :: Inject -> c :: CheckIPHeader -> ttl :: DecIPTTL -> t :: DirectTunnel(%s, %s)"
                        + " -> c;";
        try (GraphRun run = new GraphRun(1)) {
            run.start("a", loop.formatted("a", "b"));
            run.start("b", loop.formatted("b", "a"));
            String packet = Packets.udp("10.0.0.1", "10.0.0.2", 64, 1, 2);
            String[] many = new String[100];
            Arrays.fill(many, packet);
            run.pushFrom("a/in", many);
            run.run(0);
            long died =
                    run.graph("a").ledger().dropped().getOrDefault("ttlExpired", 0L)
                            + run.graph("b").ledger().dropped().getOrDefault("ttlExpired", 0L);
            assertThat(died).isEqualTo(100);
        }
    }

    @Test
    void withoutAPeerItDropsAndAPeerMayComeAndGo() throws Exception {
        try (GraphRun run = new GraphRun(1)) {
            run.start("a", A);
            run.pushFrom("a/in", "01");
            Graph b = run.start("b", B);
            run.pushFrom("a/in", "02");
            b.close(); // What had arrived, but was not delivered, ends with the graph.
            run.pushFrom("a/in", "03");
            run.run(0);
            assertThat(run.out("b/out")).isEmpty();
            assertThat(run.graph("a").ledger().dropped()).containsEntry("noPeer", 2L);
        }
    }

    @Test
    void anEndHasOneOwner() throws Exception {
        try (GraphRun run = new GraphRun(1)) {
            run.start("a", A);
            assertThatThrownBy(() -> run.start("c", A))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage(
                            "t.click:1: 't :: DirectTunnel': there is a tunnel end 'a' already");
            run.start("b", B);
            run.pushFrom("b/in", "01");
            run.run(0);
            assertThat(run.out("a/out")).as("the first one still has it").hasSize(1);
        }
    }

    @Test
    void needsTwoNames() {
        assertThatThrownBy(() -> GraphRun.of("Idle -> t :: DirectTunnel(a) -> Idle;"))
                .hasMessage("t.click:1: 't :: DirectTunnel': missing argument THERE");
    }
}
