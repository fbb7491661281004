package vini.forwarder.elements.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static vini.forwarder.kit.GraphRun.MS;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.forwarder.ConfigException;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Puller;

import java.util.List;
import java.util.stream.IntStream;

/** Elements that choose an output, and Bypass and Suppressor, which work both ways. */
class SwitchesTest {
    private static String[] packets(int count) {
        return IntStream.range(0, count).mapToObj("%04x"::formatted).toArray(String[]::new);
    }

    private static GraphRun threeWays(String element) throws ConfigException {
        return GraphRun.of(
                "in :: Inject -> s :: %s -> a :: Collect; s[1] -> b :: Collect; s[2] -> c :: Collect;"
                        .formatted(element));
    }

    private static List<Integer> shares(GraphRun run) {
        return List.of(run.out("a").size(), run.out("b").size(), run.out("c").size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Switch | 600,0,0",
                "Switch(2) | 0,0,600",
                "Switch(-1) | 0,0,0",
                "StaticSwitch(1) | 0,600,0",
                "StaticSwitch(-7) | 0,0,0",
                "RoundRobinSwitch | 200,200,200",
                "'StrideSwitch(1, 2, 3)' | 100,200,300",
                "'StrideSwitch(32768, 32768, 1)' | 300,300,0",
                "'HashSwitch(2, 4)' | 600,0,0",
            })
    void sharesPacketsOut(String element, String expected) throws Exception {
        try (GraphRun run = threeWays(element)) {
            run.push(packets(600));
            String shares = shares(run).toString().replaceAll("[\\[\\] ]", "");
            if (element.startsWith("HashSwitch")) {
                assertThat(shares).as("all together").contains("600");
            } else {
                assertThat(shares).isEqualTo(expected);
            }
            assertThat(run.loop().packets().inUse()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"RandomSwitch", "'HashSwitch(0, 2)'", "'HashSwitch(1, 9)'"})
    void spreadsPacketsOverAllOutputs(String element) throws Exception {
        List<Integer> first;
        try (GraphRun run = threeWays(element)) {
            run.push(packets(600));
            first = shares(run);
            assertThat(first).allMatch(share -> share > 120);
        }
        try (GraphRun run = threeWays(element)) {
            run.push(packets(600));
            assertThat(shares(run)).as("the same seed").isEqualTo(first);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Switch(3); K: there is no port 3, only 3 in use",
                "Switch(x); K: 'x' is not a whole number",
                "StaticSwitch; missing argument K",
                "HashSwitch(1); missing argument LENGTH",
                "'HashSwitch(1, 0)'; LENGTH: 0 is outside 1 to 65535",
                "'StrideSwitch(1, 2)'; 2 numbers of tickets for 3 ports",
                "'StrideSwitch(1, 2, 0)'; TICKETS: 0 is outside 1 to 32768",
            })
    void refuses(String element, String message) {
        assertThatThrownBy(() -> threeWays(element))
                .isInstanceOf(ConfigException.class)
                .hasMessageEndingWith("': " + message);
    }

    @Test
    void aPushBypassTakesTheDetourWhileItIsActive() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> b :: Bypass(INLINE true) -> out :: Collect;"
                                + " b[1] -> n :: Counter -> [1] b;"
                                + " one :: Inject -> Bypass(true) -> out;")) {
            run.push("01");
            run.write("b.active", "true");
            run.push("02");
            run.pushFrom("one", "03");
            assertThat(run.out("out")).containsExactly("01", "02", "03");
            assertThat(run.read("n.count")).isEqualTo("1");
            assertThat(run.read("b.active")).isEqualTo("true");
        }
    }

    @Test
    void aPullBypassTakesTheDetourWhileItIsActiveAndWhoPullsSleeps() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> Queue -> b :: Bypass -> u :: Unqueue -> out :: Collect;"
                                + " b[1] -> n :: Counter -> [1] b;")) {
            run.push("01");
            run.run(MS);
            run.write("b.active", "true");
            run.run(MS);
            assertThat(run.clock().nextDeadline()).as("asleep").isEqualTo(Long.MAX_VALUE);
            run.push("02");
            run.run(MS);
            assertThat(run.clock().nextDeadline()).as("asleep").isEqualTo(Long.MAX_VALUE);
            assertThat(run.out("out")).containsExactly("01", "02");
            assertThat(run.read("n.count")).isEqualTo("1");
        }
    }

    @Test
    void aBypassInARowOfBypasses() throws Exception {
        // The last part of Click's own test of consecutive Bypasses.
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> a :: Bypass -> b :: Bypass -> Discard;"
                                + " a[1] -> Print(a, CONTENTS ASCII) -> [1] a;"
                                + " b[1] -> Print(b, CONTENTS ASCII) -> [1] b;")) {
            for (int way = 0; way < 4; way++) {
                run.write("a.active", "" + (way >= 2));
                run.write("b.active", "" + (way % 2 == 1));
                run.push("3%d".formatted(way));
            }
            assertThat(run.chatter())
                    .containsExactly(
                            "b:    1 |  1", "a:    1 |  2", "a:    1 |  3", "b:    1 |  3");
        }
    }

    @Test
    void aSuppressedPortDropsAndGivesNothing() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> s :: Suppressor -> out :: Collect;"
                                + " q :: Inject -> Queue -> [1] s [1] -> p :: Puller;")) {
            run.write("s.active0", "false");
            run.push("01", "02");
            run.pushFrom("q", "03");
            assertThat(run.element("p", Puller.class).pull()).isEqualTo("03");
            run.pushFrom("q", "04");
            run.write("s.active1", "no");
            assertThat(run.element("p", Puller.class).pull()).isNull();
            run.write("s.reset", "");
            assertThat(run.element("p", Puller.class).pull()).isEqualTo("04");
            assertThat(run.books()).contains("drop s suppressed 2");
            assertThat(run.out("out")).isEmpty();
        }
    }
}
