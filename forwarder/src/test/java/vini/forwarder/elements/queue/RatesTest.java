package vini.forwarder.elements.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import vini.forwarder.ConfigException;
import vini.forwarder.Packet;
import vini.forwarder.kit.Collect;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Inject;

import java.util.List;

/** The elements that have a rate: that it is exact, and that nothing polls. */
class RatesTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MINUTE = 60 * SECOND;

    private static GraphRun full(String shaper) throws Exception {
        GraphRun run =
                GraphRun.of(
                        "InfiniteSource(LENGTH 125) -> Queue(10) -> "
                                + shaper
                                + " -> c :: Counter -> Discard;");
        // Away from the start, where the bucket is full, and from the edge of a packet's time.
        run.run(SECOND + 1);
        run.write("c.reset", "");
        return run;
    }

    @ParameterizedTest
    @CsvSource({"1", "3", "7", "100", "999", "1001", "12345"})
    void aMinuteOfARateHasExactlySoManyPackets(long rate) throws Exception {
        for (String shaper :
                List.of(
                        "RatedUnqueue(%d)",
                        "RatedUnqueue(%d, BURST_SIZE 1)", "Shaper(%d) -> Unqueue")) {
            try (GraphRun run = full(shaper.formatted(rate))) {
                run.run(MINUTE);
                assertThat(run.read("c.count")).as(shaper).isEqualTo(Long.toString(60 * rate));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 999, 8_000, 384_000, 1_000_001, 10_000_000})
    void aMinuteOfABandwidthIsExactWithinOnePacket(long bitsPerSecond) throws Exception {
        for (String shaper :
                List.of("BandwidthShaper(%dbps) -> Unqueue", "BandwidthRatedUnqueue(%dbps)")) {
            try (GraphRun run = full(shaper.formatted(bitsPerSecond))) {
                run.run(MINUTE);
                // A bandwidth is a whole number of bytes a second.
                double packets = bitsPerSecond / 8 * 60 / 125.0;
                assertThat(Double.parseDouble(run.read("c.count")))
                        .as(shaper)
                        .isBetween(packets - 1, packets + 1);
            }
        }
    }

    @Test
    void aHundredPacketsASecondAreSixThousandAMinute() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "InfiniteSource -> Queue -> RatedUnqueue(100, BURST_SIZE 1)"
                                + " -> c :: Counter -> Discard;")) {
            run.run(MINUTE - 1);
            assertThat(run.read("c.count")).isEqualTo("6000");
        }
    }

    @Test
    void whatGoesThroughAShaperIsEven() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "InfiniteSource(LIMIT 5) -> Queue -> Shaper(3) -> Unqueue"
                                + " -> out :: Collect;")) {
            run.run(2 * SECOND);
            assertThat(run.seen("out").stream().map(Collect.Seen::nanos))
                    .containsExactly(0L, 333_333_334L, 666_666_667L, SECOND, 1_333_333_334L);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Unqueue",
                "RatedUnqueue(100)",
                "BandwidthRatedUnqueue(1Mbps)",
                "Shaper(100) -> Unqueue",
                "BandwidthShaper(1kbps) -> Unqueue",
                "DelayUnqueue(5ms)",
                "DelayShaper(5ms) -> Unqueue",
                "LinkUnqueue(1ms, 1Mbps)",
                "Burster(10ms)",
                "TimedUnqueue(10ms)",
                "CoDel -> Unqueue",
                "Shaper(1000) -> DelayShaper(1ms) -> CoDel -> Unqueue",
                "DelayShaper(1ms) -> Shaper(10) -> RatedUnqueue(5)"
            })
    void withoutPacketsNothingHappensAndWithThemItWakes(String shaper) throws Exception {
        try (GraphRun run =
                GraphRun.of("in :: Inject -> q :: Queue -> " + shaper + " -> out :: Collect;")) {
            for (int i = 1; i <= 3; i++) {
                run.run(SECOND);
                assertThat(run.clock().nextDeadline()).as("asleep").isEqualTo(Long.MAX_VALUE);
                assertThat(run.out("out")).hasSize(3 * (i - 1));
                run.push("01", "02", "03");
                run.run(2 * SECOND);
            }
            run.run(MINUTE);
            assertThat(run.out("out")).hasSize(9);
            assertThat(run.clock().nextDeadline()).as("asleep").isEqualTo(Long.MAX_VALUE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "u :: RatedUnqueue(0)",
                "u :: BandwidthRatedUnqueue(0)",
                "u :: Shaper(0) -> Unqueue",
                "u :: BandwidthShaper(0) -> Unqueue",
            })
    void atRateZeroTheFirstPacketsGoAndNothingPolls(String shaper) throws Exception {
        try (GraphRun run =
                GraphRun.of("in :: Inject -> q :: Queue -> " + shaper + " -> out :: Collect;")) {
            run.push("01", "02", "03");
            run.run(MINUTE);
            assertThat(run.out("out")).containsExactly("01");
            assertThat(run.clock().nextDeadline()).as("asleep").isEqualTo(Long.MAX_VALUE);
            run.write("u.rate", "1000");
            run.run(SECOND);
            assertThat(run.out("out")).containsExactly("01", "02", "03");
        }
    }

    @Test
    void aShaperWithTwoOutputsGivesByTheSecondWhatTheFirstDoesNot() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> q :: Queue -> s :: Shaper(10) -> Unqueue -> a :: Collect;"
                                + "s[1] -> RatedUnqueue(100, BURST_SIZE 1) -> b :: Collect;")) {
            run.run(SECOND);
            run.push("01", "02", "03", "04");
            run.run(SECOND);
            assertThat(run.out("a")).containsExactly("01");
            assertThat(run.out("b")).containsExactly("02", "03", "04");
            assertThat(run.clock().nextDeadline()).as("asleep").isEqualTo(Long.MAX_VALUE);
        }
    }

    @Test
    void aBurstAfterAPauseIsShapedToo() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> Queue -> Shaper(1000) -> Unqueue -> out :: Collect;")) {
            run.push("00");
            run.run(SECOND);
            run.push("01", "02", "03");
            run.run(SECOND);
            assertThat(run.seen("out").stream().map(Collect.Seen::nanos))
                    .containsExactly(0L, SECOND, SECOND + 1_000_000, SECOND + 2_000_000);
        }
    }

    @Test
    void aLineOfARateThatDividesNothingIsExactOverAMinute() throws Exception {
        try (GraphRun run = full("LinkUnqueue(10ms, 7kBps)")) {
            run.run(MINUTE);
            assertThat(run.read("c.count")).isEqualTo(Long.toString(60 * 7000 / 125));
        }
    }

    @Test
    void aLineHoldsNoMoreThanItMay() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "InfiniteSource(\"\", LENGTH 0) -> q :: Queue -> l :: LinkUnqueue(1h,"
                                + " 1Mbps) -> out :: Counter -> Discard;")) {
            run.run(SECOND);
            assertThat(run.read("l.size")).isEqualTo("65536");
            assertThat(run.read("q.length")).isEqualTo("1000");
            assertThat(run.clock().nextDeadline()).isEqualTo(3600 * SECOND);
        }
    }

    @Test
    void aPacketWhoseTimestampIsFarOffWaitsOrGoesButIsNotLost() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> Queue -> d :: DelayUnqueue(10ms) -> a :: Collect;i2 ::"
                                + " Inject -> Queue -> e :: DelayShaper(10ms) -> Unqueue ->"
                                + " Discard;")) {
            Inject in = run.element("in", Inject.class);
            long[] stamps = {Long.MIN_VALUE, -1, Long.MAX_VALUE};
            Packet[] packets = new Packet[3];
            for (int i = 0; i < 3; i++) {
                packets[i] = in.packet("0" + i);
                packets[i].timestampNanos(stamps[i]);
            }
            in.inject(packets);
            run.run(MINUTE);
            assertThat(run.out("a")).containsExactly("00", "01");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RatedUnqueue| missing argument RATE",
                "RatedUnqueue(x)| RATE: 'x' is not a whole number",
                "RatedUnqueue(1, BURST_SIZE 0)| BURST_SIZE: 0 is outside 1 to 4000000000",
                "RatedUnqueue(1, BURST_SIZE 1, BURST_DURATION 1)| BURST_DURATION and BURST_SIZE"
                        + " exclude each other",
                "RatedUnqueue(1, BURST_BYTES 1)| unexpected argument 'BURST_BYTES 1'; it takes"
                        + " RATE, BURST_DURATION, BURST_SIZE, ACTIVE",
                "BandwidthRatedUnqueue(3 apples)| RATE: '3 apples' is not a bandwidth, such as"
                        + " 384kbps or 1MBps",
                "LinkUnqueue(1s, 0)| BANDWIDTH: a line of bandwidth 0 carries nothing",
                "LinkUnqueue(2h, 1Mbps)| LATENCY: '2h' is more than an hour",
                "Burster(0)| INTERVAL: '0' is outside 1ns to 1d",
                "DelayUnqueue| missing argument DELAY",
            })
    void refuses(String element, String message) {
        assertThatThrownBy(() -> GraphRun.of("Idle -> Queue -> u :: " + element + " -> Discard;"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("t.click:1: 'u :: ")
                .hasMessageEndingWith("': " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Meter; m[1] -> Discard; missing argument RATE1",
                "Meter(5, 5); m[1] -> Discard, m[2] -> Discard; RATE2 must be more than RATE1",
                "Meter(5, 6); m[1] -> Discard; has 2 outputs, it takes one more than rates: 3",
                "BandwidthMeter(x); m[1] -> Discard; RATE: 'x' is not a bandwidth, such as 384kbps"
                        + " or 1MBps",
            })
    void metersRefuse(String element, String outputs, String message) {
        String text =
                "Idle -> m :: " + element + " -> Discard;" + outputs.replace(", ", "; ") + ";";
        assertThatThrownBy(() -> GraphRun.of(text))
                .isInstanceOf(ConfigException.class)
                .hasMessageEndingWith("': " + message);
    }
}
