package vini.forwarder.elements.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static vini.forwarder.kit.GraphRun.MS;
import static vini.forwarder.kit.Packets.UDP;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import vini.forwarder.ConfigException;
import vini.forwarder.HandlerException;
import vini.forwarder.Packet;
import vini.forwarder.kit.Collect;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Inject;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

class LinkTest {
    private static final int UDP_BITS = 28 * 8;

    private static GraphRun link(String arguments) throws ConfigException {
        return link(42, arguments);
    }

    private static GraphRun link(long seed, String arguments) throws ConfigException {
        return GraphRun.of(seed, "in :: Inject -> l :: Link(" + arguments + ") -> out :: Collect;");
    }

    private static List<Long> arrivals(GraphRun run) {
        return run.seen("out").stream().map(Collect.Seen::nanos).toList();
    }

    @Test
    void withoutArgumentsItIsAWire() throws Exception {
        try (GraphRun run = link("")) {
            run.push("01", "02");
            assertThat(run.out("out")).containsExactly("01", "02");
        }
    }

    @Test
    void delaysByExactlyTheDelay() throws Exception {
        try (GraphRun run = link("DELAY 8.82ms")) {
            run.push("01");
            run.run(1);
            run.push("02", "03");
            run.run(8_819_998);
            assertThat(run.out("out")).isEmpty();
            assertThat(run.read("l.length")).isEqualTo("3");
            run.run(100 * MS);
            assertThat(arrivals(run)).containsExactly(8_820_000L, 8_820_001L, 8_820_001L);
            assertThat(run.read("l.length")).isEqualTo("0");
        }
    }

    @Test
    void aRateThatDivisionRoundsIsExactAllTheSame() throws Exception {
        // 224 bits at 3 Mb/s take 74,666.67 ns.
        try (GraphRun run = link("RATE 3Mbps, QUEUE 1000")) {
            for (int i = 0; i < 300; i++) {
                run.push(UDP);
            }
            run.run(100 * MS);
            assertThat(arrivals(run)).element(299).isEqualTo(300L * UDP_BITS * 1000 / 3);
        }
    }

    @Test
    void jitterIsUniformOnTopOfTheDelay() throws Exception {
        long seed = Long.getLong("seed", 9);
        try (GraphRun run = link(seed, "DELAY 1ms, JITTER 0.5ms")) {
            for (int i = 0; i < 4000; i++) {
                run.push("%04x".formatted(i));
                run.run(MS); // More than the jitter: packets do not meet.
            }
            run.run(10 * MS);
            List<Long> arrivals = arrivals(run);
            List<Long> jitters =
                    IntStream.range(0, 4000).mapToObj(i -> arrivals.get(i) - (i + 1) * MS).toList();
            assertThat(jitters).allSatisfy(j -> assertThat(j).isBetween(0L, MS / 2));
            for (int quarter = 0; quarter < 4; quarter++) {
                long from = quarter * MS / 8;
                // Binomial(4000, 1/4): sigma is 27.4.
                assertThat(jitters.stream().filter(j -> j >= from && j < from + MS / 8).count())
                        .as("-Dseed=%d, quarter %d", seed, quarter)
                        .isBetween(890L, 1110L);
            }
        }
    }

    @Test
    void jitterKeepsTheOrderAndItsBounds() throws Exception {
        try (GraphRun run = link("DELAY 1ms, JITTER 0.5ms")) {
            for (int i = 0; i < 2000; i++) {
                run.push("%04x".formatted(i));
                run.run(10_000);
            }
            run.run(10 * MS);
            assertThat(run.out("out"))
                    .isEqualTo(IntStream.range(0, 2000).mapToObj("%04x"::formatted).toList());
            List<Long> arrivals = arrivals(run);
            for (int i = 0; i < 2000; i++) {
                assertThat(arrivals.get(i) - i * 10_000L).isBetween(MS, MS + MS / 2);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1%", "25%"})
    void losesItsShare(String loss) throws Exception {
        long seed = Long.getLong("seed", 4711);
        double share = Double.parseDouble(loss.substring(0, loss.length() - 1)) / 100;
        int n = 10_000;
        try (GraphRun run = link(seed, "LOSS " + loss)) {
            String[] hundred = new String[100];
            Arrays.fill(hundred, "01");
            for (int i = 0; i < n; i += 100) {
                run.push(hundred);
                run.run(0);
            }
            long lost = run.graph("n").ledger().dropped().getOrDefault("linkLoss", 0L);
            double sigma = Math.sqrt(n * share * (1 - share));
            // The 99 % interval of the binomial distribution, which its normal limit gives.
            assertThat((double) lost)
                    .as("-Dseed=%d", seed)
                    .isBetween(n * share - 2.576 * sigma, n * share + 2.576 * sigma);
            assertThat(run.out("out")).hasSize(n - (int) lost);
        }
    }

    @Test
    void allOrNothingIsLostAtTheEnds() throws Exception {
        try (GraphRun run = link("LOSS 100%")) {
            run.push("01", "02");
            assertThat(run.books()).contains("drop l linkLoss 2");
        }
        try (GraphRun run = link("LOSS 0%")) {
            run.push("01", "02");
            assertThat(run.out("out")).hasSize(2);
        }
    }

    @Test
    void sendsAtItsRate() throws Exception {
        try (GraphRun run = link("RATE 1Mbps, DELAY 1ms")) {
            run.push(UDP, UDP, UDP);
            run.run(10 * MS);
            run.push(UDP);
            run.run(10 * MS);
            long each = UDP_BITS * 1000L;
            assertThat(arrivals(run))
                    .containsExactly(MS + each, MS + 2 * each, MS + 3 * each, 11 * MS + each);
        }
    }

    @Test
    void queuesWhatItCannotSendAndDropsWhatDoesNotFit() throws Exception {
        try (GraphRun run = link("RATE 1Mbps, QUEUE 3")) {
            run.push(UDP, UDP, UDP, UDP, UDP);
            assertThat(run.books()).contains("drop l linkQueueFull 2");
            run.run(UDP_BITS * 1000L); // One has left.
            run.push(UDP, UDP);
            assertThat(run.books()).contains("drop l linkQueueFull 3");
            run.run(10 * MS);
            assertThat(arrivals(run).getLast()).isEqualTo(4 * UDP_BITS * 1000L);
            assertThat(run.out("out")).hasSize(4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"silent", "down"})
    void aFailedLinkDropsWhatIsOnItsWayAndWhatComes(String state) throws Exception {
        try (GraphRun run = link("DELAY 10ms")) {
            run.push("01", "02");
            run.run(5 * MS);
            run.write("l.state", state);
            assertThat(run.read("l.state")).isEqualTo(state);
            assertThat(run.read("l.length")).isEqualTo("0");
            run.push("03");
            run.run(20 * MS);
            assertThat(run.out("out")).isEmpty();
            assertThat(run.books()).contains("drop l linkDown 3");
            run.write("l.state", "up");
            run.push("04");
            run.run(20 * MS);
            assertThat(run.out("out")).containsExactly("04");
            assertThat(run.process().handlers().read("journal", ""))
                    .isEqualTo("0 5000000 n/l link %s\n1 25000000 n/l link up\n".formatted(state));
        }
    }

    @Test
    void whatWasDroppedHoldsNothingUpAfterwards() throws Exception {
        try (GraphRun run = link("RATE 1kbps")) {
            run.push(UDP, UDP, UDP, UDP, UDP); // 1.12 s of work
            run.write("l.state", "silent");
            run.write("l.state", "up");
            run.push(UDP);
            run.run(224 * MS);
            assertThat(arrivals(run)).containsExactly(224 * MS);
        }
    }

    @Test
    void beginsInItsState() throws Exception {
        try (GraphRun run = link("STATE silent")) {
            run.push("01");
            assertThat(run.books()).contains("drop l linkDown 1");
        }
    }

    @Test
    void changesLiveAndNeverReorders() throws Exception {
        try (GraphRun run = link("DELAY 10ms")) {
            run.push("01");
            run.write("l.delay", "1ms");
            run.push("02");
            run.run(10 * MS);
            assertThat(arrivals(run)).containsExactly(10 * MS, 10 * MS);
            run.push("03");
            run.run(MS);
            assertThat(arrivals(run).getLast()).isEqualTo(11 * MS);
            run.write("l.delay", "0ms");
            run.write("l.rate", "1Mbps");
            run.push(UDP);
            run.write("l.rate", "none");
            run.push("05");
            run.run(MS);
            assertThat(run.out("out")).containsExactly("01", "02", "03", UDP, "05");
            run.write("l.loss", "100%");
            run.push("06");
            run.write("l.loss", "0%");
            run.write("l.jitter", "2ms");
            run.write("l.queue", "7");
            assertThat(run.out("out")).hasSize(5);
            assertThat(run.read("l.delay")).isEqualTo("0ms");
            assertThat(run.read("l.rate")).isEqualTo("none");
            assertThat(run.read("l.loss")).isEqualTo("0%");
            assertThat(run.read("l.jitter")).isEqualTo("2ms");
            assertThat(run.read("l.queue")).isEqualTo("7");
        }
    }

    @Test
    void aWireAfterADelayDoesNotOvertake() throws Exception {
        try (GraphRun run = link("DELAY 10ms")) {
            run.push("01");
            run.write("l.delay", "0ms");
            run.push("02");
            assertThat(run.out("out")).isEmpty();
            run.run(10 * MS);
            assertThat(run.out("out")).containsExactly("01", "02");
        }
    }

    @Test
    void aLineThatGrowsWhilePacketsComeAndGoKeepsThem() throws Exception {
        try (GraphRun run = link("DELAY 1ms")) {
            List<String> sent = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                // More and more of them are in the line at once, from ever other slots of the ring.
                String packet = "%04x".formatted(i);
                sent.add(packet);
                run.push(packet);
                run.run(MS / (10 + i / 2));
            }
            assertThat(Integer.parseInt(run.read("l.length"))).isGreaterThan(512);
            run.run(MS);
            assertThat(run.out("out")).containsExactlyElementsOf(sent);
            assertThat(run.read("l.length")).isEqualTo("0");
        }
    }

    @Test
    void holdsABoundedNumberOfPackets() throws Exception {
        try (GraphRun run = link("DELAY 1s")) {
            Inject in = run.element("in", Inject.class);
            Packet one = in.packet("01");
            for (int i = 0; i < 65_636; i++) {
                in.inject(one.share());
            }
            one.kill();
            assertThat(run.read("l.length")).isEqualTo("65536");
            assertThat(run.books()).contains("drop l delayLineFull 100");
        }
    }

    @Test
    void whatIsOnItsWayEndsWithTheGraph() throws Exception {
        try (GraphRun run = link("DELAY 10ms, RATE 1Mbps")) {
            run.push("01", "02");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "DELAY 5; DELAY: \"5\" is not a time: use a number with ns, us, ms, s, m or h, as"
                        + " in \"5ms\"",
                "DELAY -5ms; DELAY: \"-5ms\" is not a time: use a number with ns, us, ms, s, m or"
                        + " h, as in \"5ms\"",
                "DELAY 61m; DELAY: \"61m\" is more than an hour",
                "JITTER 9000000000s; JITTER: \"9000000000s\" is more than an hour",
                "LOSS 101%; LOSS: \"101%\" is more than 100%",
                "LOSS 0.1; LOSS: \"0.1\" is not a share: use a percentage, as in \"0.1%\"",
                "RATE 0bps; RATE: \"0bps\" is no rate: \"none\" is no limit",
                "RATE fast; RATE: \"fast\" is not a rate: use a number with kbps, Mbps or Gbps, as"
                        + " in \"100Mbps\"",
                "QUEUE 0; QUEUE: 0 is outside 1-65536",
                "QUEUE 65537; QUEUE: 65537 is outside 1-65536",
                "STATE broken; STATE: 'broken' is not up, silent or down",
                "DELAY 1ms, DELAY 2ms; argument DELAY given twice",
                "5ms; unexpected argument '5ms', it takes DELAY, JITTER, LOSS, DUPLICATE, CORRUPT,"
                        + " REORDER, RATE, QUEUE, STATE",
            })
    void refuses(String arguments, String message) throws Exception {
        assertThatThrownBy(() -> link(arguments))
                .isInstanceOf(ConfigException.class)
                .hasMessage("t.click:1: 'l :: Link': " + message.replace("', it", "'; it"));
        int space = arguments.indexOf(' ');
        if (space > 0 && !arguments.contains(",")) {
            try (GraphRun run = link("")) {
                String handler = arguments.substring(0, space).toLowerCase(Locale.ROOT);
                assertThatThrownBy(() -> run.write("l." + handler, arguments.substring(space + 1)))
                        .isInstanceOf(HandlerException.class)
                        .hasMessage(message.substring(message.indexOf(' ') + 1));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "queue; 65537; 65537 is outside 1-65536",
                "rate; 0bps; is no rate",
                "delay; 61m; is more than an hour",
                "loss; 5; is not a share",
                "state; up; \"state\" is not delay, jitter, loss, rate, queue",
            })
    void saysBeforehandWhatItsHandlersWouldRefuse(String property, String value, String message) {
        Link.check("queue", "65536");
        Link.check("rate", "none");
        assertThatThrownBy(() -> Link.check(property, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
