package vini.forwarder.elements.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import vini.forwarder.kit.GraphRun;

import java.util.Set;

/** In virtual time, by tunnels inside of a process. */
class HeartbeatsTest {
    private static final long MS = 1_000_000L;
    private static final String A =
            "in :: Inject -> t :: DirectTunnel(a, b, WATCH 100ms) -> out :: Collect;";
    private static final String B =
            "in :: Inject -> t :: DirectTunnel(b, a, WATCH 100ms) -> out :: Collect;";

    private static String said(GraphRun run) throws Exception {
        return run.process().handlers().read("far_ends", "0").replaceAll("version \\d+\n", "");
    }

    @Test
    void aFarEndIsHeardThoughNobodySendsAPacketAndFallsSilentWithItsGraph() throws Exception {
        try (GraphRun run = new GraphRun(1)) {
            run.start("a", A);
            run.start("b", B);
            assertThat(run.graph("a").read("t", "far_end", "")).isEqualTo("unknown");
            run.run(1000 * MS);
            assertThat(said(run)).isEqualTo("a/t heard\nb/t heard\n");
            assertThat(run.journalLines("far end")).as("no news").isZero();
            run.process().down(Set.of("b"));
            run.run(299 * MS);
            assertThat(said(run)).as("not before three intervals").isEqualTo("a/t heard\n");
            run.run(101 * MS);
            assertThat(said(run)).isEqualTo("a/t silent\n");
            assertThat(run.journalLines("a/t far end silent")).isOne();
            run.process().down(Set.of());
            run.run(201 * MS);
            assertThat(said(run)).isEqualTo("a/t heard\nb/t heard\n");
            assertThat(run.journalLines("a/t far end heard")).isOne();
            assertThat(run.graph("a").ledger().text())
                    .as("heartbeats are no packets")
                    .isEqualTo("sent 0\ndelivered 0\ntunnelled 0\nuntunnelled 0\n");
        }
    }

    @Test
    void aNodeThatStandsStillIsSilentAndJudgesNobodyWhenItGoesOn() throws Exception {
        try (GraphRun run = new GraphRun(1)) {
            run.start("a", A);
            run.start("b", B);
            run.run(1000 * MS);
            run.process().frozen(Set.of("b"));
            run.run(5000 * MS);
            assertThat(said(run)).isEqualTo("a/t silent\nb/t heard\n");
            run.process().frozen(Set.of());
            run.run(201 * MS);
            assertThat(said(run)).isEqualTo("a/t heard\nb/t heard\n");
            assertThat(run.journalLines("b/t far end")).isZero();
        }
    }

    @Test
    void whoNeverHearsSaysSo() throws Exception {
        try (GraphRun run = new GraphRun(1)) {
            run.start("a", A);
            run.run(500 * MS);
            assertThat(said(run)).isEqualTo("a/t silent\n");
            String version = run.process().handlers().read("far_ends", "0").split("\\s", 3)[1];
            assertThat(run.process().handlers().read("far_ends", version)).isEmpty();
        }
    }

    @Test
    void trafficIsASignOfLifeAndSparesHeartbeats() throws Exception {
        try (GraphRun run = new GraphRun(1)) {
            run.start("a", A);
            run.start("b", B.replace(", WATCH 100ms", ""));
            for (int i = 0; i < 20; i++) {
                run.pushFrom("b/in", "01");
                run.run(90 * MS);
            }
            assertThat(said(run)).isEqualTo("a/t heard\n");
            run.run(400 * MS);
            assertThat(said(run)).as("b does not watch, and so does not beat").contains("silent");
        }
    }

    @Test
    void anIntervalHasALowerBound() {
        assertThatThrownBy(
                        () -> GraphRun.of("Idle -> t :: DirectTunnel(a, b, WATCH 10us) -> Idle;"))
                .hasMessage("t.click:1: 't :: DirectTunnel': WATCH is shorter than 1ms");
    }
}
