package vini.forwarder.elements.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static vini.forwarder.kit.GraphRun.MS;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import vini.forwarder.ConfigException;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Puller;

import java.util.Collections;
import java.util.Objects;
import java.util.Random;

/** Elements that choose an input to pull from. */
class SchedulersTest {
    private static GraphRun three(String element, String end) throws ConfigException {
        return GraphRun.of(
                "a :: Inject -> qa :: Queue -> [0] s :: %s -> %s; b :: Inject -> Queue -> [1] s; c :: Inject -> Queue -> [2] s;"
                        .formatted(element, end));
    }

    private static void push(GraphRun run, String from, String packet, int count) {
        run.pushFrom(from, Collections.nCopies(count, packet).toArray(String[]::new));
    }

    private static String pulled(GraphRun run, int count) {
        StringBuilder order = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String hex = run.element("p", Puller.class).pull();
            order.append(hex == null ? "-" : hex.substring(1, 2));
        }
        return order.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RoundRobinSched | abcabcabcaaa-",
                "PrioSched | aaaaaabbbccc-",
                "'StrideSched(1, 1, 1)' | abcabcabcaaa-",
                "'StrideSched(4, 2, 1)' | aabaabcaabcc-",
                "PullSwitch | aaaaaa-------",
                "PullSwitch(2) | ccc----------",
                "PullSwitch(-1) | -------------",
                "StaticPullSwitch(1) | bbb----------",
                "DRRSched(1) | abcabcabcaaa-",
                "DRRSched(2) | aabbccaabcaa-",
                "DRRSched | aaaaaabbbccc-",
            })
    void pullsInItsOrder(String element, String order) throws Exception {
        try (GraphRun run = three(element, "p :: Puller")) {
            push(run, "a", "0a", 6);
            push(run, "b", "0b", 3);
            push(run, "c", "0c", 3);
            assertThat(pulled(run, 13)).isEqualTo(order);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RoundRobinSched",
                "PrioSched",
                "StrideSched(1, 9, 3)",
                "PullSwitch",
                "StaticPullSwitch(0)",
                "DRRSched(3)"
            })
    void whoPullsSleepsWhileThereIsNothingAndWakesWhenThereIs(String element) throws Exception {
        try (GraphRun run = three(element, "u :: Unqueue -> Discard")) {
            for (int round = 1; round <= 3; round++) {
                run.run(MS);
                assertThat(run.clock().nextDeadline()).as("asleep").isEqualTo(Long.MAX_VALUE);
                push(run, "a", "0102030405", 7);
                run.run(MS);
                assertThat(run.read("u.count")).isEqualTo("" + 7 * round);
                assertThat(run.read("qa.length")).isEqualTo("0");
            }
        }
    }

    @Test
    void aPullSwitchSleepsOnWhenAnotherInputGetsPackets() throws Exception {
        try (GraphRun run = three("PullSwitch(-1)", "Discard")) {
            push(run, "a", "0a", 1);
            push(run, "b", "0b", 1);
            run.run(MS);
            assertThat(run.clock().nextDeadline()).as("asleep").isEqualTo(Long.MAX_VALUE);
            run.write("s.switch", "1");
            run.run(MS);
            assertThat(run.books()).contains("delivered 1");
            assertThat(run.clock().nextDeadline()).as("asleep").isEqualTo(Long.MAX_VALUE);
            assertThatThrownBy(() -> run.write("s.switch", "3"))
                    .hasMessage("there is no port 3, only 3 in use");
        }
    }

    @Test
    void anInputThatWasEmptyIsNotOwedForThatTime() throws Exception {
        try (GraphRun run = three("StrideSched(1, 1, 1)", "p :: Puller")) {
            push(run, "a", "0a", 100);
            pulled(run, 50);
            push(run, "b", "0b", 100);
            assertThat(pulled(run, 20)).isEqualTo("ba".repeat(10));
        }
    }

    @Test
    void ticketsCanBeChanged() throws Exception {
        try (GraphRun run = three("StrideSched(1, 1, 1)", "p :: Puller")) {
            run.write("s.tickets1", "8");
            push(run, "a", "0a", 100);
            push(run, "b", "0b", 100);
            push(run, "c", "0c", 100);
            assertThat(pulled(run, 100).chars().filter(c -> c == 'b').count()).isBetween(78L, 82L);
            assertThat(run.read("s.tickets1")).isEqualTo("8");
            assertThatThrownBy(() -> run.write("s.tickets1", "0"))
                    .hasMessage("0 is outside 1 to 32768");
        }
    }

    @Test
    void deficitRoundRobinSharesBytes() throws Exception {
        long seed = Long.getLong("seed", 11);
        Random random = new Random(seed);
        try (GraphRun run = three("DRRSched(QUANTUM 40)", "p :: Puller")) {
            int[] sizes = {1500, 40, 700};
            for (int i = 0; i < 900; i++) {
                push(run, "a", "0a".repeat(sizes[0]), 1);
                push(run, "b", "0b".repeat(1 + random.nextInt(sizes[1])), 1);
                push(run, "c", "0c".repeat(1 + random.nextInt(sizes[2])), 1);
            }
            long[] bytes = new long[3];
            while (bytes[1] < 15_000) {
                String hex = Objects.requireNonNull(run.element("p", Puller.class).pull());
                bytes[hex.charAt(1) - 'a'] += hex.length() / 2;
            }
            for (long each : bytes) {
                assertThat(each).as("-Dseed=%d", seed).isBetween(13_000L, 17_000L);
            }
        }
    }

    @Test
    void whatDeficitRoundRobinHoldsEndsWithTheGraph() throws Exception {
        try (GraphRun run = three("DRRSched(QUANTUM 1)", "p :: Puller")) {
            push(run, "a", "0a0a0a0a", 2);
            push(run, "b", "0b", 2);
            assertThat(pulled(run, 1)).isEqualTo("b");
            assertThat(run.read("qa.length")).as("one is held").isEqualTo("1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "PullSwitch(3); K: there is no port 3, only 3 in use",
                "StaticPullSwitch; missing argument K",
                "StrideSched(1); 1 numbers of tickets for 3 ports",
                "DRRSched(0); QUANTUM: 0 is outside 1 to 1048576",
                "PrioSched(1); unexpected argument '1'; it takes none",
            })
    void refuses(String element, String message) {
        assertThatThrownBy(() -> three(element, "Puller"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("': " + message);
    }
}
