package vini.forwarder.elements.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.forwarder.ConfigException;
import vini.forwarder.HandlerException;
import vini.forwarder.kit.GraphRun;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** TimeFilter, TimeRange, TimeSortedSched and the rest of AggregateCounter. */
class TimesTest {
    private static final long TENTH = Stamped.SECOND / 10;

    private static void push(GraphRun run, String from, int... tenths) {
        for (int t : tenths) {
            Stamped.push(run, from, t * TENTH, "%02x".formatted(t));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "START 0.2 | 02 0a 0c 37",
                "END 1.0 | 01 02",
                "0.2, 1.0 | 02",
                "START_AFTER 0.1 | 02 0a 0c 37",
                "START_AFTER 0.1, INTERVAL 1s | 02 0a",
                "END_AFTER 900ms | 01 02",
                "START 0.2, END_AFTER 1 | 02 0a",
                "START_DELAY 1, END_DELAY 1200ms | 0a",
                "INTERVAL 1.1 | 01 02 0a",
                "START 0.15, INTERVAL 1 | 02 0a",
                "'' | 01 02 0a 0c 37",
            })
    void passesWhatIsInItsRange(String arguments, String passed) throws Exception {
        try (GraphRun run =
                GraphRun.of("in :: Inject -> TimeFilter(" + arguments + ") -> out :: Collect;")) {
            push(run, "in", 1, 2, 10, 12, 55);
            assertThat(String.join(" ", run.out("out"))).isEqualTo(passed);
        }
    }

    /** Click's own example, with a counter where it has a script. */
    @Test
    void callsAHandlerOnceForEachEnd() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> t :: TimeFilter(0, 1, END_CALL t.extend_interval 1)"
                                + " -> out :: Collect;")) {
            push(run, "in", 1, 2, 10, 12, 55);
            assertThat(run.out("out")).containsExactly("01", "02", "0a", "0c");
            assertThat(run.read("t.end")).isEqualTo("3.000000");
            push(run, "in", 56, 57);
            assertThat(run.read("t.end")).as("again at each").isEqualTo("5.000000");
            run.write("t.interval", "10");
            push(run, "in", 58);
            assertThat(run.out("out")).endsWith("3a");
        }
    }

    @Test
    void givesTheTimeToTheHandler() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> t :: TimeFilter(END 1, END_CALL u.start $t)"
                                + " -> Discard; Idle -> u :: TimeFilter -> Discard;")) {
            push(run, "in", 12);
            assertThat(run.read("u.start")).isEqualTo("1.200000");
        }
    }

    @Test
    void stopsTheRunAtTheEndOnce() throws Exception {
        try (GraphRun run =
                GraphRun.of("in :: Inject -> t :: TimeFilter(END 1, STOP true) -> Discard;")) {
            push(run, "in", 9);
            assertThat(run.chatter()).isEmpty();
            push(run, "in", 10, 11);
            assertThat(run.chatter()).containsExactly("(stopped)");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "START 1, START_AFTER 1 | START, START_AFTER and START_DELAY exclude each other",
                "END 1, INTERVAL 1 | END, END_AFTER, END_DELAY and INTERVAL exclude each other",
                "END 1, STOP true, END_CALL x.y | STOP and END_CALL exclude each other",
                "START soon | START: 'soon' is not a time, such as 1.5s or 20ms",
            })
    void refuses(String arguments, String message) {
        assertThatThrownBy(
                        () -> GraphRun.of("Idle -> t :: TimeFilter(" + arguments + ") -> Discard;"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("t.click:1: 't :: TimeFilter': " + message);
    }

    @Test
    void aRangeNeedsNoOrderUnlessItIsSimple() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> r :: TimeRange -> s :: TimeRange(SIMPLE true) ->"
                                + " Discard;")) {
            push(run, "in", 5, 1, 9, 7);
            assertThat(run.read("r.range")).isEqualTo("0.100000 0.900000");
            assertThat(run.read("r.interval")).isEqualTo("0.800000");
            assertThat(run.read("s.range")).isEqualTo("0.500000 0.700000");
            Stamped.push(run, "in", -1, "00");
            assertThat(run.read("r.first")).isEqualTo("-0.000000001");
        }
    }

    private static List<String> sorted(String arguments, int[] a, int[] b) throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "a :: Inject -> Queue -> t :: TimeSortedSched("
                                + arguments
                                + ") -> u :: Unqueue(ACTIVE false) -> out :: Collect;"
                                + "b :: Inject -> Queue -> [1] t;")) {
            push(run, "a", a);
            push(run, "b", b);
            run.write("u.active", "true");
            run.run(1);
            List<String> all = new ArrayList<>();
            for (String hex : run.out("out")) {
                all.add(Integer.toString(Integer.parseInt(hex, 16)));
            }
            all.add(run.read("t.well_ordered"));
            assertThat(run.chatter()).isEqualTo(List.of("(stopped)"));
            assertThat(run.clock().nextDeadline()).as("asleep").isEqualTo(Long.MAX_VALUE);
            // It wakes again, and the run has been stopped only once.
            push(run, "b", 60);
            run.run(1);
            assertThat(run.out("out")).endsWith("3c");
            return all;
        }
    }

    /** Click's own examples. */
    @Test
    void mergesStreamsByTime() throws Exception {
        int[] b = {3, 8, 9, 14};
        assertThat(String.join(" ", sorted("STOP true", new int[] {1, 2, 10, 12, 55}, b)))
                .isEqualTo("1 2 3 8 9 10 12 14 55 true");
        assertThat(String.join(" ", sorted("STOP true", new int[] {1, 10, 2, 12, 55}, b)))
                .isEqualTo("1 3 8 9 10 2 12 14 55 false");
        int[] late = {10, 2, 1, 12, 55};
        assertThat(String.join(" ", sorted("BUFFER 3, STOP true", late, b)))
                .isEqualTo("1 2 3 8 9 10 12 14 55 true");
        assertThat(String.join(" ", sorted("BUFFER 2, STOP true", late, b)))
                .isEqualTo("2 1 3 8 9 10 12 14 55 false");
    }

    @Test
    void whatAMergerHoldsEndsWithTheGraph() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> Queue -> t :: TimeSortedSched(BUFFER 5)"
                                + " -> u :: Unqueue(LIMIT 1) -> Discard;")) {
            push(run, "in", 1, 2, 3);
            run.run(1);
        }
    }

    @Test
    void countsBytesAndPacketsAsItIsTold() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> Paint(1) -> b :: AggregateCounter(BYTES true)"
                                + " -> s :: AggregateCounter(AGGREGATE_STOP 1)"
                                + " -> i :: AggregateCounter(BYTES true, IP_BYTES true)"
                                + " -> l :: AggregateCounter(COUNT_FREEZE 3) -> Discard;")) {
            run.push("0102", "03");
            assertThat(run.read("b.count")).isEqualTo("3");
            assertThat(run.read("i.count")).isEqualTo("3");
            assertThat(run.read("s.count")).isEqualTo("2");
            assertThat(run.chatter()).containsExactly("(stopped)");
            assertThat(run.read("l.freeze")).isEqualTo("false");
            run.push("04");
            assertThat(run.read("l.freeze")).isEqualTo("true");
            run.write("b.stop", "");
            run.push("05");
            assertThat(run.read("b.count")).isEqualTo("4");
        }
    }

    @Test
    void theSecondInputKnowsNoNewAggregates() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "a :: Inject -> AggregateLength -> c :: AggregateCounter -> yes ::"
                                + " Collect;b :: Inject -> AggregateLength -> [1] c; c[1] -> no ::"
                                + " Collect;")) {
            run.pushFrom("a", "0102");
            run.pushFrom("b", "0304", "05");
            assertThat(run.out("yes")).containsExactly("0102", "0304");
            assertThat(run.out("no")).containsExactly("05");
            run.write("c.active", "false");
            run.pushFrom("a", "0102");
            assertThat(run.out("no")).containsExactly("05", "0102");
        }
    }

    @Test
    void writesFiles() throws Exception {
        Path file = Files.createTempFile("counts", null);
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> AggregateLength -> c :: AggregateCounter(BANNER \"# x\")"
                                + " -> Discard;")) {
            run.push("0102", "03", "04");
            run.write("c.write_text_file", file.toString());
            assertThat(file).hasContent("# x\n!num_aggregates 2\n1 2\n2 1\n");
            run.write("c.write_file", file.toString());
            assertThat(Files.readAllBytes(file))
                    .endsWith(1, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0)
                    .hasSize("# x\n!num_aggregates 2\n!packed_le\n".length() + 16);
            assertThatThrownBy(() -> run.write("c.write_text_file", file + "/in/no/folder"))
                    .isInstanceOf(HandlerException.class);
        } finally {
            Files.delete(file);
        }
    }
}
