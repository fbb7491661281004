package vini.forwarder.elements.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import static vini.forwarder.kit.GraphRun.MS;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 100})
    void aSteadyRateReadsRightFromTheFirstSecondOn(int packetsEach10Ms) throws Exception {
        try (GraphRun run = GraphRun.of("in :: Inject -> c :: Counter -> Discard;")) {
            assertThat(run.read("c.rate")).isEqualTo("0");
            for (int i = 0; i < 300; i++) {
                for (int k = 0; k < packetsEach10Ms; k++) {
                    run.push("01020304");
                }
                run.run(10 * MS);
                if (i == 99 || i == 299) {
                    double rate = Double.parseDouble(run.read("c.rate"));
                    assertThat(rate).isCloseTo(100 * packetsEach10Ms, within(0.05 * rate));
                    assertThat(Double.parseDouble(run.read("c.byte_rate")))
                            .isCloseTo(4 * rate, within(0.1));
                    assertThat(Double.parseDouble(run.read("c.bit_rate")))
                            .isCloseTo(32 * rate, within(0.1));
                }
            }
            double before = Double.parseDouble(run.read("c.rate"));
            run.run(1000 * MS);
            double after = Double.parseDouble(run.read("c.rate"));
            assertThat(after / before).as("a second later").isCloseTo(0.37, within(0.02));
            run.run(3_600_000L * MS);
            assertThat(Double.parseDouble(run.read("c.rate"))).isZero();
            run.push("01");
            run.write("c.reset_counts", "");
            assertThat(run.read("c.rate") + run.read("c.count")).isEqualTo("00");
        }
    }

    @Test
    void callsAHandlerWhenTheCountIsReachedAndBeforeThePacketGoesOn() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> c :: Counter(COUNT_CALL 3 s.switch 1) -> s :: Switch"
                                + " -> a :: Collect; s[1] -> b :: Collect;")) {
            run.push("01", "02", "03", "04");
            assertThat(run.out("a")).containsExactly("01", "02");
            assertThat(run.out("b")).containsExactly("03", "04");
            run.write("c.count_call", "5 s.switch 0");
            run.push("05");
            run.write("c.count_call", "6");
            run.push("06");
            assertThat(run.out("a")).containsExactly("01", "02", "05", "06");
        }
    }

    @Test
    void callsAHandlerWhenTheBytesReachOrPassANumber() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> Queue -> c :: Counter(BYTE_COUNT_CALL 4 stop)"
                                + " -> p :: Puller;")) {
            run.push("010203", "040506", "07");
            Puller puller = run.element("p", Puller.class);
            puller.pull();
            assertThat(run.chatter()).isEmpty();
            puller.pull();
            assertThat(run.chatter()).containsExactly("(stopped)");
            run.write("c.byte_count_call", "7 nobody.home now");
            puller.pull();
            assertThat(run.chatter()).hasSize(2);
            assertThat(run.chatter().getLast())
                    .startsWith("c: No element named")
                    .contains("nobody");
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
            assertThatThrownBy(() -> run.read("d.active"))
                    .isInstanceOf(HandlerException.class)
                    .hasMessage("No handler named 'n/d.active'");
        }
    }

    @Test
    void discardPullsWhatThereIsAndSleeps() throws Exception {
        try (GraphRun run =
                GraphRun.of("in :: Inject -> q :: Queue -> d :: Discard(ACTIVE false, BURST 2);")) {
            run.push("01", "02", "03");
            run.run(MS);
            assertThat(run.read("d.count")).isEqualTo("0");
            run.write("d.active", "true");
            assertThat(run.read("d.scheduled")).isEqualTo("true");
            run.run(MS);
            assertThat(run.read("d.count")).isEqualTo("3");
            assertThat(run.read("d.scheduled")).isEqualTo("false");
            assertThat(run.clock().nextDeadline()).as("asleep").isEqualTo(Long.MAX_VALUE);
            run.push("04");
            run.run(MS);
            assertThat(run.read("d.count")).isEqualTo("4");
            assertThat(run.books()).contains("sent 4", "delivered 4");
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

    @Test
    void idleJoinsPushAndPullAsItIsNeeded() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> q :: Queue -> i :: Idle -> Tee -> Discard;"
                                + " x :: Inject -> [1] i [1] -> u :: Unqueue -> Discard;")) {
            run.push("01");
            run.pushFrom("x", "02");
            run.run(MS);
            assertThat(run.read("q.length")).isEqualTo("1");
            assertThat(run.read("u.count")).isEqualTo("0");
            assertThat(run.clock().nextDeadline()).as("asleep").isEqualTo(Long.MAX_VALUE);
            assertThat(run.books()).contains("drop i idle 1");
        }
    }
}
