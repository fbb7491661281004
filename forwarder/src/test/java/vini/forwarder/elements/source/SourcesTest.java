package vini.forwarder.elements.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.forwarder.kit.Collect;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Puller;

import java.util.List;

/** InfiniteSource, RandomSource, RatedSource and TimedSource. */
class SourcesTest {
    @Test
    void anInfiniteSourceWritesToAHandlerAtItsEnd() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "s :: InfiniteSource(\"a\", 2, END_CALL t.active true) -> a :: Collect;"
                                + "t :: InfiniteSource(\"b\", 1, ACTIVE false) -> b :: Collect;")) {
            run.run(GraphRun.MS);
            assertThat(run.out("a")).containsExactly("61", "61");
            assertThat(run.out("b")).containsExactly("62");
            run.write("s.reset", "");
            run.run(GraphRun.MS);
            assertThat(run.out("a")).hasSize(4);
            assertThat(run.books()).contains("sent 5", "delivered 5");
        }
    }

    @Test
    void aHandlerThatIsNotThereIsTold() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "s :: InfiniteSource(\"a\", 1, END_CALL nobody.active true) -> Discard;")) {
            run.run(GraphRun.MS);
            assertThat(run.chatter()).containsExactly("s: END_CALL: No element named 'nobody'");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "InfiniteSource(STOP true, END_CALL a.b)|STOP and END_CALL exclude each other",
                "InfiniteSource(BURST 0)|BURST: 0 is outside 1 to 1048576",
                "RandomSource|missing argument LENGTH",
                "RandomSource(70000)|LENGTH: 70000 is outside 0 to 65536",
                "RatedSource(RATE -1)|RATE: -1 is outside 0 to 1000000000",
                "TimedSource(0)|INTERVAL: '0' is not above 0",
            })
    void badArgumentsAreToldWithTheirRange(String element, String problem) {
        assertThatThrownBy(() -> GraphRun.of("s :: " + element + " -> Discard;"))
                .hasMessageEndingWith(problem);
    }

    @Test
    void lengthCutsDataOffOrRepeatsIt() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "InfiniteSource(\"abc\", 1, LENGTH 2) -> a :: Collect;"
                                + "InfiniteSource(\"abc\", 1, LENGTH 5) -> b :: Collect;"
                                + "s :: InfiniteSource(\"\", 1, LENGTH 2) -> c :: Collect;")) {
            run.run(GraphRun.MS);
            assertThat(run.out("a")).containsExactly("6162");
            assertThat(run.out("b")).containsExactly("6162636162");
            assertThat(run.out("c")).containsExactly("0000");
        }
    }

    @Test
    void randomBytesComeFromTheSeed() throws Exception {
        assertThat(random(1)).isEqualTo(random(1)).isNotEqualTo(random(2));
        assertThat(random(1).get(0)).hasSize(128).isNotEqualTo(random(1).get(1));
    }

    private static List<String> random(long seed) throws Exception {
        try (GraphRun run = GraphRun.of(seed, "RandomSource(64, LIMIT 2) -> a :: Collect;")) {
            run.run(GraphRun.MS);
            return run.out("a");
        }
    }

    @Test
    void aRatedSourceKeepsItsRateWithoutRoundingErrors() throws Exception {
        try (GraphRun run = GraphRun.of("s :: RatedSource(\"a\", 3) -> a :: Collect;")) {
            run.run(10_000 * GraphRun.MS);
            List<Collect.Seen> seen = run.seen("a");
            assertThat(seen).hasSize(31);
            assertThat(seen.get(1).nanos()).isEqualTo(333_333_333L);
            assertThat(seen.get(30).nanos()).isEqualTo(10_000_000_000L);
        }
    }

    @Test
    void whatNobodyPulledInTimeIsNotMadeUpFor() throws Exception {
        try (GraphRun run = GraphRun.of("s :: RatedSource(\"a\", 10) -> p :: Puller;")) {
            Puller puller = run.element("p", Puller.class);
            assertThat(puller.pull()).isEqualTo("61");
            assertThat(puller.pull()).isNull();
            run.run(100 * GraphRun.MS);
            assertThat(puller.pull()).isEqualTo("61");
            run.run(1000 * GraphRun.MS);
            assertThat(puller.pull()).isEqualTo("61");
            assertThat(puller.pull()).isNull();
            run.run(100 * GraphRun.MS);
            assertThat(puller.pull()).isEqualTo("61");
        }
    }

    @Test
    void aRatedSourceWakesWhoPullsFromIt() throws Exception {
        try (GraphRun run =
                GraphRun.of("s :: RatedSource(\"a\", 10, 3) -> Unqueue -> a :: Collect;")) {
            run.run(1000 * GraphRun.MS);
            assertThat(run.seen("a").stream().map(Collect.Seen::nanos))
                    .containsExactly(0L, 100 * GraphRun.MS, 200 * GraphRun.MS);
        }
    }

    @Test
    void theDataOfATimedSourceCanBeChanged() throws Exception {
        try (GraphRun run = GraphRun.of("s :: TimedSource(1ms, \"a\") -> a :: Collect;")) {
            run.run(GraphRun.MS);
            run.write("s.data", "b");
            run.run(GraphRun.MS);
            assertThat(run.out("a")).containsExactly("61", "62");
            assertThat(run.read("s.interval")).isEqualTo("0.001");
            assertThat(run.read("s.data")).isEqualTo("b");
        }
    }

    @Test
    void aFullQueueLetsTheSourceSleep() throws Exception {
        try (GraphRun run = GraphRun.of("s :: RandomSource(9) -> q :: Queue(4) -> p :: Puller;")) {
            run.run(GraphRun.MS);
            assertThat(run.read("s.count")).isEqualTo("4");
            assertThat(run.read("q.drops")).isEqualTo("0");
        }
    }
}
