package vini.forwarder.elements.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.forwarder.ConfigException;
import vini.forwarder.kit.Collect;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Puller;

import java.util.ArrayList;
import java.util.List;

class QueueTest {
    @Test
    void isFirstInFirstOutAndDropsWhatDoesNotFit() throws Exception {
        try (GraphRun run = GraphRun.of("in :: Inject -> q :: Queue(2) -> out :: Puller;")) {
            run.push("01", "02", "03");
            assertThat(run.read("q.length")).isEqualTo("2");
            assertThat(run.read("q.drops")).isEqualTo("1");
            Puller out = run.element("out", Puller.class);
            assertThat(out.pull()).isEqualTo("01");
            run.push("04");
            assertThat(out.pull()).isEqualTo("02");
            assertThat(out.pull()).isEqualTo("04");
            assertThat(out.pull()).isNull();
            assertThat(run.read("q.highwater_length")).isEqualTo("2");
            assertThat(run.read("q.capacity")).isEqualTo("2");
            assertThat(run.books()).contains("drop q queueFull 1");
        }
    }

    @Test
    void resetEmptiesItAndTheBooksKnow() throws Exception {
        try (GraphRun run = GraphRun.of("in :: Inject -> q :: Queue -> out :: Puller;")) {
            run.push("01", "02");
            run.write("q.reset", "");
            assertThat(run.read("q.length")).isEqualTo("0");
            assertThat(run.books()).contains("drop q queueReset 2");
        }
    }

    @Test
    void whatItHoldsEndsWithTheGraph() throws Exception {
        try (GraphRun run = GraphRun.of("in :: Inject -> Queue -> Puller;")) {
            run.push("01", "02");
        }
    }

    @Test
    void unqueueTakesPacketsInBurstsAndSleepsWhileThereAreNone() throws Exception {
        try (GraphRun run =
                GraphRun.of("in :: Inject -> Queue -> Unqueue(BURST 3) -> out :: Collect;")) {
            run.run(1);
            assertThat(run.clock().nextDeadline()).as("asleep").isEqualTo(Long.MAX_VALUE);
            List<String> packets = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                packets.add("%02x".formatted(i));
            }
            run.push(packets.toArray(new String[0]));
            assertThat(run.out("out")).as("not inside the push").isEmpty();
            run.run(1);
            assertThat(run.out("out")).isEqualTo(packets);
            assertThat(run.element("out", Collect.class).batchSizes()).containsExactly(3, 3, 3, 1);
            run.push("aa");
            run.run(1);
            assertThat(run.out("out")).hasSize(11);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Queue(1000001) -> Unqueue; q :: Queue; CAPACITY: 1000001 is outside 0 to 1000000",
                "Queue(-5) -> Unqueue; q :: Queue; CAPACITY: -5 is outside 0 to 1000000",
                "Queue(many) -> Unqueue; q :: Queue; CAPACITY: 'many' is not a whole number",
                "Queue -> Unqueue(x); Unqueue@3 :: Unqueue; BURST: 'x' is not a whole number",
            })
    void refuses(String chain, String element, String message) {
        assertThatThrownBy(() -> GraphRun.of("Idle -> q :: " + chain + " -> Discard;"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("t.click:1: '" + element + "': " + message);
    }
}
