package vini.forwarder.elements.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.forwarder.ConfigException;
import vini.forwarder.kit.GraphRun;

/** RandomSample, RandomBitErrors, RED and CoDel: the elements that drop or spoil. */
class ChanceTest {
    private static final long MS = GraphRun.MS;

    @Test
    void samplesAboutAsOftenAsItIsTold() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        7,
                        "InfiniteSource(LIMIT 100000) -> r :: RandomSample(0.3) -> a :: Counter ->"
                                + " Discard; r[1] -> b :: Counter -> Discard;")) {
            run.run(1000 * MS);
            int sampled = Integer.parseInt(run.read("a.count"));
            // Five standard deviations of 145.
            assertThat(sampled).isBetween(30_000 - 725, 30_000 + 725);
            assertThat(run.read("b.count")).isEqualTo("" + (100_000 - sampled));
            assertThat(run.read("r.drops")).isEqualTo(run.read("b.count"));
        }
    }

    @Test
    void flipsAboutSoManyBits() throws Exception {
        try (GraphRun run =
                GraphRun.of(7, "in :: Inject -> RandomBitErrors(1%) -> out :: Collect;")) {
            for (int i = 0; i < 100; i++) {
                run.push("00".repeat(1000));
            }
            long flipped =
                    run.out("out").stream()
                            .flatMapToInt(String::chars)
                            .map(c -> Integer.bitCount(Character.digit(c, 16)))
                            .sum();
            // 800,000 bits; five standard deviations of 89.
            assertThat(flipped).isBetween(8000 - 445L, 8000 + 445L);
        }
    }

    @Test
    void redDropsEarlyAndInProportion() throws Exception {
        // The queue stands at 30 of 5 to 55, so that half of MAX_P is dropped.
        try (GraphRun run =
                GraphRun.of(
                        7,
                        "pre :: InfiniteSource(LIMIT 30) -> q :: Queue(1000) -> Idle;"
                                + "s :: InfiniteSource(LIMIT 100000, ACTIVE false)"
                                + " -> r :: RED(5, 55, 0.2, QUEUES q, STABILITY 9)"
                                + " -> c :: Counter -> Discard;")) {
            run.run(MS);
            run.write("s.active", "true");
            run.run(MS);
            run.write("s.limit", "200000");
            run.run(MS);
            assertThat(run.read("r.avg_queue_size")).isEqualTo("30.000");
            long drops = Long.parseLong(run.read("r.drops"));
            // Gaps are uniform on 1 to 1/p: their mean is about half of that of a geometric one.
            assertThat(drops).isBetween(30_000L, 42_000L);
            assertThat(run.books()).contains("drop r randomEarly " + drops);
            assertThat(run.read("r.stats"))
                    .isEqualTo("30 current queue, 30.000 average queue\n" + drops + " drops\n");
        }
    }

    @Test
    void redForgetsWhileItsQueueIsIdle() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> r :: RED(2, 3, 1, STABILITY 1) -> q :: Queue(10)"
                                + " -> u :: Unqueue(ACTIVE false) -> Discard;")) {
            for (int i = 0; i < 20; i++) {
                run.push("01");
            }
            assertThat(Integer.parseInt(run.read("r.drops"))).isPositive();
            assertThat(Double.parseDouble(run.read("r.avg_queue_size"))).isGreaterThan(2);
            run.write("u.active", "true");
            run.run(10_000 * MS);
            run.push("01");
            assertThat(run.read("r.avg_queue_size")).isEqualTo("0.000");
        }
    }

    @Test
    void redOnAPullPathLooksUpstream() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> a :: Queue -> s :: Shaper(10)"
                                + " -> r :: RED(0, 0, 1, STABILITY 0) -> Unqueue -> d :: Collect;"
                                + "r[1] -> marked :: Collect;")) {
            assertThat(run.read("r.queues")).isEqualTo("a\n");
            run.push("01", "02");
            run.run(1000 * MS);
            // Behind the first there is one in the queue, behind the second none.
            assertThat(run.out("marked")).containsExactly("01");
            assertThat(run.out("d")).containsExactly("02");
        }
    }

    @Test
    void codelBringsAStandingQueueDownToItsTarget() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "InfiniteSource(LIMIT 100) -> q :: SimpleQueue(1000) -> c :: CoDel -> u ::"
                            + " RatedUnqueue(1000, BURST_SIZE 1) -> Discard;InfiniteSource -> Queue"
                            + " -> RatedUnqueue(1000, BURST_SIZE 1) -> q;")) {
            run.run(1000 * MS);
            assertThat(run.read("c.stats")).contains(" dropping\n");
            run.run(4000 * MS);
            assertThat(Integer.parseInt(run.read("q.length"))).isLessThan(10);
            int drops = Integer.parseInt(run.read("c.drops"));
            assertThat(drops).isBetween(85, 110);
            run.run(10_000 * MS);
            assertThat(Integer.parseInt(run.read("c.drops")) - drops).isLessThan(30);
        }
    }

    @Test
    void codelLeavesAShortQueueAlone() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "InfiniteSource -> Queue(1) -> RatedUnqueue(900) -> q :: Queue"
                                + " -> c :: CoDel -> RatedUnqueue(1000) -> Discard;")) {
            run.run(10_000 * MS);
            assertThat(run.read("c.drops")).isEqualTo("0");
            run.write("c.target", "7");
            run.write("c.interval", "1s");
            assertThat(run.read("c.target")).isEqualTo("7");
            assertThat(run.read("c.interval")).isEqualTo("1s");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RandomSample| it takes one of P, SAMPLE and DROP",
                "RandomSample(0.1, DROP 0.9)| it takes one of P, SAMPLE and DROP",
                "RandomSample(1.1)| P: '1.1' is outside 0 to 1",
                "RandomBitErrors(0.1, burn)| KIND: 'burn' is not flip, set or clear",
                "RED(5, 4, 0.1)| MAX_THRESH is less than MIN_THRESH",
                "RED(5, 6, 0.1)| no queue downstream; name one with QUEUES",
                "RED(5, 6, 0.1, QUEUES d)| QUEUES: 'd' is no element that stores packets",
                "RED(5, 6, 0.1, QUEUES nobody)| QUEUES: 'nobody' is no element that stores packets",
            })
    void refuses(String element, String message) {
        assertThatThrownBy(
                        () -> GraphRun.of("in :: Inject -> e :: " + element + " -> d :: Discard;"))
                .isInstanceOf(ConfigException.class)
                .hasMessageEndingWith("': " + message);
    }
}
