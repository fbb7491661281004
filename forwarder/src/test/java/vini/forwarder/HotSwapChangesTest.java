package vini.forwarder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vini.forwarder.io.ClickRun;
import vini.forwarder.kit.GraphRun;
import vini.time.Seed;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A graph that is replaced by another that says something else, or that cannot start. */
class HotSwapChangesTest {
    @TempDir private Path folder = Path.of("");

    private static GraphRun full(String queue) throws Exception {
        GraphRun run = GraphRun.of("in :: Inject -> q :: " + queue + " -> Idle");
        run.push("00", "01", "02", "03", "04", "05", "06", "07");
        return run;
    }

    @Test
    void aSmallerQueueDropsTheSurplusAndCountsIt() throws Exception {
        try (GraphRun run = full("Queue(10)")) {
            run.swap("q :: Queue(3) -> Unqueue -> out :: Collect; Idle -> q");
            assertThat(run.read("q.length")).isEqualTo("3");
            assertThat(run.read("q.drops")).isEqualTo("5");
            run.run(1);
            assertThat(run.out("out")).containsExactly("00", "01", "02");
            assertThat(run.books()).contains("sent 8", "delivered 3", "drop q queueFull 5");
            assertThat(run.graph("n").ledger().imbalance(run.loop().packets().inUse())).isZero();
        }
    }

    @Test
    void whatOverflowsComesOutWhenAllHaveTakenOver() throws Exception {
        try (GraphRun run = full("Queue(10)")) {
            run.swap("q :: Queue(6) -> Idle; Idle -> q; q[1] -> out :: Collect");
            assertThat(run.out("out")).containsExactly("06", "07");
        }
    }

    @Test
    void theTextWinsOverHandlersWhereItHasChanged() throws Exception {
        try (GraphRun run = full("Queue(10)")) {
            run.write("q.capacity", "12");
            run.swap("in :: Inject -> q :: Queue(10) -> Idle");
            assertThat(run.read("q.capacity")).isEqualTo("12");
            run.swap("in :: Inject -> q :: Queue(9) -> Idle");
            assertThat(run.read("q.capacity")).isEqualTo("9");
            run.swap("in :: Inject -> q :: Queue(9) -> Idle");
            assertThat(run.read("q.capacity")).isEqualTo("9");
        }
    }

    @Test
    void anotherClassOfTheSameNameBeginsAnew() throws Exception {
        try (GraphRun run = full("Queue(4)")) {
            assertThat(run.read("q.drops")).isEqualTo("4");
            run.swap("in :: Inject -> q :: MixedQueue(7) -> Idle; Idle -> [1] q");
            assertThat(run.read("q.length")).isEqualTo("0");
            assertThat(run.read("q.drops")).isEqualTo("0");
            assertThat(run.books()).contains("drop q queueFull 4", "drop hotconfig replaced 4");
            run.swap("Idle -> Discard");
            run.swap("Idle -> Discard");
            assertThat(run.books())
                    .contains("sent 8", "drop q queueFull 4", "drop hotconfig replaced 4");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Idle -> Wrong",
                "q :: Queue(1) -> Queue -> Discard; Idle -> q",
                "q :: Queue(1) -> Unqueue -> s :: Strip(-1) -> Discard; Idle -> q",
                "q :: Queue -> Unqueue -> RadixIPLookup(1.0.0.0/8 7) -> Discard; Idle -> q",
                "d :: DirectTunnel(A, B) -> Discard; Idle -> d; e :: DirectTunnel(A, B) -> Discard;"
                        + " Idle -> e"
            })
    void whatCannotStartLeavesTheOldOneAsItIs(String text) throws Exception {
        String old =
                "in :: Inject -> q :: Queue(5) -> u :: TimedUnqueue(1s) -> out :: Collect;"
                        + "d :: DirectTunnel(A, A) -> there :: Collect; hi :: Inject -> d";
        try (GraphRun run = GraphRun.of(old)) {
            run.push("00", "01", "02");
            run.run(GraphRun.MS);
            List<String> books = run.books();
            assertThatThrownBy(() -> run.swap(text)).isInstanceOf(ConfigException.class);
            assertThat(run.read("q.length")).isEqualTo("2");
            assertThat(run.books()).isEqualTo(books);
            run.pushFrom("hi", "aa");
            run.run(3000 * GraphRun.MS);
            assertThat(run.out("out")).containsExactly("00", "01", "02");
            assertThat(run.out("there")).containsExactly("aa");
        }
    }

    @Test
    void aLinkThatTheTextBreaksDropsWhatIsOnIt() throws Exception {
        try (GraphRun run = GraphRun.of("in :: Inject -> l :: Link(DELAY 1s) -> out :: Collect")) {
            run.push("00", "01");
            run.swap("in :: Inject -> l :: Link(DELAY 2s) -> out :: Collect");
            run.run(1500 * GraphRun.MS);
            assertThat(run.out("out")).as("sent off before").containsExactly("00", "01");
            run.push("02");
            run.swap("in :: Inject -> l :: Link(STATE down) -> out :: Collect");
            assertThat(run.read("l.length")).isEqualTo("0");
            assertThat(run.books()).contains("drop l linkDown 1");
            assertThat(run.journalLines("link down")).isEqualTo(1);
        }
    }

    /** The swap comes from a handler that is written in the midst of a push. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "s :: InfiniteSource(LIMIT 10, BURST 7)",
                "s :: RatedSource(RATE 1000, LIMIT 10)",
                "s :: InfiniteSource(LIMIT 10) -> Queue -> Unqueue(BURST 5)",
                "s :: InfiniteSource(LIMIT 10) -> Unqueue(BURST 5)",
                "TimedSource(0.1, LIMIT 10) -> s :: Tee -> Discard; s[1]",
            })
    void whatIsOnItsWayIsCountedAsReplaced(String source) throws Exception {
        List<String> lines = new ArrayList<>();
        String text =
                source
                        + " -> c :: Counter(COUNT_CALL 3 h.run) -> p :: Discard;"
                        + "h :: Script(TYPE PASSIVE, writeq hotconfig \"c :: Counter -> p ::"
                        + " Discard; i :: InfiniteSource(LIMIT 2) -> c\")";
        try (ClickRun run =
                new ClickRun(
                        new ClickRun.Plan("t", text, Map.of(), new Seed(1), true, true, 1, 0),
                        new ClickRun.Output(lines::add, lines::add))) {
            run.drive();
            assertThat(lines).isEmpty();
            assertThat(run.elements()).containsExactly("c", "p", "i");
            assertThat(run.read("c.count", "")).isEqualTo("5");
            assertThat(run.imbalance()).isZero();
            assertThat(run.read("books", "")).contains("drop hotconfig replaced");
            assertThat(run.end()).isZero();
        }
    }

    private byte[] dump(String sink, boolean swaps) throws Exception {
        Path file = folder.resolve("dump" + swaps);
        String text =
                "RatedSource(RATE 100) -> IPEncap(50, 1.0.0.1, 1.0.0.2) -> SetTimestamp -> d :: "
                        + sink.formatted(file);
        try (GraphRun run = GraphRun.of(text)) {
            for (int i = 0; i < 10; i++) {
                run.run(17 * GraphRun.MS);
                if (swaps) {
                    run.swap(text);
                }
            }
            assertThat(run.read("d.count")).isEqualTo("18");
        }
        return Files.readAllBytes(file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ToDump(%s, ENCAP IP)",
                "ToDump(%s, ENCAP IP, FORMAT pcapng)",
                "ToIPSummaryDump(%s, FIELDS timestamp ip_id)"
            })
    void aFileGoesOn(String sink) throws Exception {
        assertThat(dump(sink, true)).isEqualTo(dump(sink, false)).hasSizeGreaterThan(200);
    }

    @Test
    void aFileOfAnotherFormIsBegunAnew() throws Exception {
        Path file = folder.resolve("dump");
        String text = "in :: Inject -> d :: ToDump(%s, ENCAP %s)";
        try (GraphRun run = GraphRun.of(text.formatted(file, "IP"))) {
            run.push("0102");
            run.swap(text.formatted(file, "ETHER"));
            run.push("03");
        }
        assertThat(Files.readAllBytes(file)).hasSize(24 + 16 + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FromDump(%s, TIMING true, STOP true)",
                "FromIPSummaryDump(%s, TIMING true, STOP true)"
            })
    void aTraceGoesOnAndEndsOnce(String source) throws Exception {
        boolean summary = source.contains("Summary");
        Path file = folder.resolve("dumpfalse");
        byte[] _ =
                dump(
                        summary
                                ? "ToIPSummaryDump(%s, FIELDS timestamp ip_id ip_src)"
                                : "ToDump(%s, ENCAP IP)",
                        false);
        String text = "f :: " + source.formatted(file) + " -> out :: Collect";
        try (GraphRun still = GraphRun.of(text);
                GraphRun swapped = GraphRun.of(text)) {
            still.run(500 * GraphRun.MS);
            for (int i = 0; i < 50; i++) {
                swapped.run(10 * GraphRun.MS);
                swapped.swap(text);
            }
            assertThat(swapped.seen("out")).hasSize(18).isEqualTo(still.seen("out"));
            assertThat(swapped.chatter()).containsExactly("(stopped)");
            assertThat(swapped.read("f.active")).isEqualTo("false");
        }
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)).isNotEmpty();
    }
}
