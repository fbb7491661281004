package vini.forwarder.elements.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import vini.forwarder.HandlerException;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Puller;

/** Counter, Discard and Idle. */
class CountingTest {
    @Test
    void aCounterCountsPacketsAndBytesOnAPushPath() throws Exception {
        try (GraphRun run = GraphRun.of("in :: Inject -> c :: Counter -> out :: Collect;")) {
            run.push("01", "0203");
            assertThat(run.read("c.count")).isEqualTo("2");
            assertThat(run.read("c.byte_count")).isEqualTo("3");
            assertThat(run.out("out")).containsExactly("01", "0203");
            run.write("c.reset", "");
            assertThat(run.read("c.count")).isEqualTo("0");
            assertThat(run.read("c.byte_count")).isEqualTo("0");
        }
    }

    @Test
    void aCounterCountsOnAPullPath() throws Exception {
        try (GraphRun run = GraphRun.of("in :: Inject -> Queue -> c :: Counter -> p :: Puller;")) {
            run.push("01", "02");
            assertThat(run.element("p", Puller.class).pull()).isEqualTo("01");
            assertThat(run.read("c.count")).isEqualTo("1");
        }
    }

    @Test
    void discardCountsAsDelivered() throws Exception {
        try (GraphRun run = GraphRun.of("in :: Inject -> d :: Discard;")) {
            run.push("01", "02");
            assertThat(run.read("d.count")).isEqualTo("2");
            run.write("d.reset_counts", "");
            assertThat(run.read("d.count")).isEqualTo("0");
            assertThat(run.books())
                    .containsExactly("sent 2", "delivered 2", "tunnelled 0", "untunnelled 0");
            assertThatThrownBy(() -> run.write("d.count", "0"))
                    .isInstanceOf(HandlerException.class)
                    .hasMessage("Handler 'n/d.count' read-only");
            assertThatThrownBy(() -> run.read("d.reset_counts"))
                    .isInstanceOf(HandlerException.class)
                    .hasMessage("Handler 'n/d.reset_counts' write-only");
        }
    }

    @Test
    void idleDropsWhatItGetsAndGivesNothing() throws Exception {
        try (GraphRun run = GraphRun.of("in :: Inject -> i :: Idle; j :: Idle -> p :: Puller;")) {
            run.push("01", "02");
            assertThat(run.books()).contains("drop i idle 2");
            assertThat(run.element("p", Puller.class).pull()).isNull();
        }
    }
}
