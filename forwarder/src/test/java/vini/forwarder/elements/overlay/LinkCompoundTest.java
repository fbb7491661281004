package vini.forwarder.elements.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import static vini.forwarder.kit.GraphRun.MS;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.forwarder.kit.Collect;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Packets;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** That a Link does what a compound of Click's own elements does, packet by packet. */
class LinkCompoundTest {
    /**
     * The queue is one shorter than the Link's, which counts the packet that the line is taking,
     * too. The line takes it a moment later, so packets that come at one instant need the room of
     * all of them here.
     */
    private static final String LINE =
            """
            elementclass Line { $queue, $delay, $rate |
                input -> waiting :: Queue($queue) -> line :: LinkUnqueue($delay, $rate) -> output;
            }
            """;

    private static final String DELAY =
            """
            elementclass Line { $delay |
                input -> SetTimestamp -> waiting :: Queue(65536) -> DelayUnqueue($delay) -> output;
            }
            """;

    /** What came when: the packet's number and length. */
    private record Seen(long nanos, String number, int length) {}

    private static List<Seen> seen(GraphRun run, String end) {
        return run.seen(end).stream()
                .map(s -> new Seen(s.nanos(), s.hex().substring(40, 44), s.hex().length() / 2))
                .toList();
    }

    /** The same packets at the same times go into both, and must come out at the same times. */
    private static GraphRun both(String definition, String compound, String link) throws Exception {
        long seed = Long.getLong("seed", 31);
        Random random = new Random(seed);
        GraphRun run =
                GraphRun.of(
                        definition
                                + "a :: Inject -> c :: "
                                + compound
                                + " -> one :: Collect;"
                                + "b :: Inject -> l :: "
                                + link
                                + " -> two :: Collect;");
        for (int i = 0; i < 1000; i++) {
            String packet =
                    Packets.ipv4(
                            "10.0.0.1",
                            "10.0.0.2",
                            64,
                            17,
                            "%04x".formatted(i).repeat(4 + random.nextInt(700)));
            run.pushFrom("a", packet);
            run.pushFrom("b", packet);
            // Often in bursts.
            run.run(random.nextInt(3) == 0 ? random.nextLong(4 * MS) : 1);
        }
        run.run(5000 * MS);
        assertThat(seen(run, "two")).as("-Dseed=%d", seed).hasSizeGreaterThan(100);
        assertThat(seen(run, "two")).as("-Dseed=%d", seed).isEqualTo(seen(run, "one"));
        return run;
    }

    /** Rates by which a packet of any length takes whole nanoseconds: 8 Mbps is 1000 ns a byte. */
    @ParameterizedTest
    @CsvSource({"8Mbps, 5ms, 100", "8Mbps, 0s, 10", "4Mbps, 2.5ms, 3", "1Mbps, 1ms, 2"})
    void aRateADelayAndAQueueAreAQueueAndALine(String rate, String delay, int queue)
            throws Exception {
        try (GraphRun run =
                both(
                        LINE,
                        "Line(%d, %s, %s)".formatted(queue - 1, delay, rate),
                        "Link(RATE %s, DELAY %s, QUEUE %d)".formatted(rate, delay, queue))) {
            // What finds no room is dropped by both alike.
            long dropped = Long.parseLong(run.read("c/waiting.drops"));
            assertThat(run.graph("n").ledger().dropped().getOrDefault("linkQueueFull", 0L))
                    .isEqualTo(dropped);
            if (queue < 5) {
                assertThat(dropped).isPositive();
            }
        }
    }

    @Test
    void aDelayAloneIsAQueueAndADelay() throws Exception {
        both(DELAY, "Line(7ms)", "Link(DELAY 7ms)").close();
    }

    /** Chance differs from element to element; the share is the same. */
    @Test
    void aLossIsASample() throws Exception {
        long seed = Long.getLong("seed", 32);
        try (GraphRun run =
                GraphRun.of(
                        seed,
                        "a :: Inject -> RandomSample(DROP 10%) -> one :: Collect;"
                                + "b :: Inject -> Link(LOSS 10%) -> two :: Collect;")) {
            String[] packets = new String[64];
            Arrays.fill(packets, Packets.UDP);
            for (int i = 0; i < 100; i++) {
                run.pushFrom("a", packets);
                run.pushFrom("b", packets);
            }
            run.run(MS);
            // Binomial(6400, 0.9): sigma is 24.
            for (String end : List.of("one", "two")) {
                List<Collect.Seen> came = run.seen(end);
                assertThat(came.size()).as("%s, -Dseed=%d", end, seed).isBetween(5664, 5856);
            }
        }
    }
}
