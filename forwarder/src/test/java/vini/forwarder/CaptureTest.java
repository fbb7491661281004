package vini.forwarder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vini.forwarder.capture.Capture;
import vini.forwarder.capture.Captured;
import vini.forwarder.capture.CapturedPacket;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Packets;

import java.io.IOException;
import java.util.List;

/** What is written down of packets that go by in graphs. */
class CaptureTest {
    private static final String GRAPH =
            """
            elementclass Pipe {
                input -> Counter -> f :: IPFilter(deny dst port 9, allow all) -> output
            }
            in :: Inject -> MarkIPHeader(0) -> link :: Link(DELAY 5ms)
                -> door :: Pipe -> out :: Collect;
            """;

    private static final String TO_9 = Packets.udp("10.0.0.1", "10.0.0.2", 64, 1000, 9);
    private static final String TO_7 = Packets.udp("10.0.0.1", "10.0.0.2", 64, 1000, 7);

    private static GraphRun run() throws ConfigException {
        return GraphRun.of(GRAPH);
    }

    private static void order(GraphRun run, String... lines) throws HandlerException {
        run.process().handlers().write("capture", "c\n" + String.join("\n", lines));
    }

    private static Captured fetch(GraphRun run) throws Exception {
        return fetch(run, "c");
    }

    private static Captured fetch(GraphRun run, String name) throws Exception {
        return Captured.from(
                () -> {
                    try {
                        return run.process().handlers().read("captured", name);
                    } catch (HandlerException e) {
                        throw new IOException(e.getMessage(), e);
                    }
                });
    }

    private static List<String> seen(GraphRun run) throws Exception {
        return fetch(run).packets().stream()
                .map(
                        packet ->
                                packet.nanos() / GraphRun.MS
                                        + " "
                                        + packet.point()
                                        + (packet.reason() == null
                                                ? ""
                                                : " " + packet.place() + " " + packet.reason()))
                .toList();
    }

    @Test
    void packetsAreSeenWhereTheyComeWhereTheyLeaveAndWhereTheyEnd() throws Exception {
        try (GraphRun run = run()) {
            order(
                    run,
                    "point in n/link",
                    "point out n/link",
                    "point in n/door",
                    "point out n/door",
                    "point drop n/door",
                    "point drop n",
                    "point drop other");
            run.push(TO_7, TO_9);
            run.run(10 * GraphRun.MS);
            assertThat(seen(run))
                    .containsExactly(
                            "0 0",
                            "0 0",
                            "5 1",
                            "5 2",
                            "5 1",
                            "5 2",
                            "5 4 n/door/f filtered",
                            "5 5 n/door/f filtered",
                            "5 3");
            assertThat(seen(run)).isEmpty();
        }
    }

    @Test
    void whatIsOnItsWayWhenALinkFailsIsSeenToEndThen() throws Exception {
        try (GraphRun run = run()) {
            order(run, "point out n/link", "point drop n/link");
            run.push(TO_7);
            run.run(3 * GraphRun.MS);
            run.write("link.state", "down");
            run.push(TO_7);
            run.run(10 * GraphRun.MS);
            assertThat(seen(run)).containsExactly("3 1 n/link linkDown", "3 1 n/link linkDown");
        }
    }

    @Test
    void aFilterKnowsHostsByNameAndOnlyPartsOfPacketsAreKept() throws Exception {
        try (GraphRun run = run()) {
            order(
                    run,
                    "snap 20",
                    "filter udp dst port 7 and src host left",
                    "host left 10.0.0.1",
                    "point in n/link");
            run.push(TO_7, TO_9, "00", "60" + TO_7.substring(2));
            run.run(10 * GraphRun.MS);
            List<CapturedPacket> packets = fetch(run).packets();
            assertThat(packets).hasSize(1);
            assertThat(packets.getFirst().bytes()).hasSize(20);
            assertThat(packets.getFirst().length()).isEqualTo(TO_7.length() / 2);
        }
    }

    @Test
    void whatThereIsNoRoomForIsCounted() throws Exception {
        try (GraphRun run = run()) {
            order(run, "room 100", "snap 30", "point in n/link");
            run.push(TO_7, TO_7, TO_7);
            assertThat(fetch(run)).matches(c -> c.total() == 3 && c.missed() == 1);
            run.push(TO_7);
            Captured next = fetch(run);
            assertThat(next.packets()).hasSize(1);
            assertThat(next.missed()).isEqualTo(1);
            run.run(10 * GraphRun.MS);
        }
    }

    @Test
    void muchIsFetchedInPieces() throws Exception {
        try (GraphRun run = run()) {
            order(run, "point in n/link", "room 1048576");
            String large = Packets.ipv4("10.0.0.1", "10.0.0.2", 64, 17, "00".repeat(1480));
            int packets = 1_000_000 / (large.length() / 2);
            for (int i = 0; i < packets; i++) {
                run.push(large);
            }
            assertThat(run.process().handlers().read("captured", "c")).endsWith("more true\n");
            assertThat(fetch(run).packets()).hasSizeBetween(packets / 2, packets - 1);
            for (int i = 0; i < 2 * packets; i++) {
                run.push(large);
            }
            Captured rest = fetch(run);
            assertThat(rest.packets()).hasSizeGreaterThan(packets);
            assertThat(rest.missed()).isEqualTo(2L * packets - rest.packets().size());
            run.run(10 * GraphRun.MS);
        }
    }

    @Test
    void whoeverNoLongerFetchesLeavesNothingBehind() throws Exception {
        try (GraphRun run = run()) {
            order(run, "point in n/link");
            run.push(TO_7, TO_7);
            run.run(Capture.PATIENCE_NANOS + 1);
            run.push(TO_7, TO_7);
            Captured late = fetch(run);
            assertThat(late.packets()).isEmpty();
            assertThat(late).matches(c -> c.total() == 4 && c.missed() == 4);
            run.push(TO_7);
            assertThat(fetch(run).packets()).hasSize(1);
            run.run(10 * GraphRun.MS);
        }
    }

    @Test
    void itGoesOnInTheGraphThatTakesTheOthersPlaceAndEndsWhenItIsEnded() throws Exception {
        try (GraphRun run = run()) {
            order(run, "point in n/link");
            run.swap(run.graph("n").text());
            run.push(TO_7);
            assertThat(seen(run)).hasSize(1);
            run.process().handlers().write("capture_end", "c");
            run.push(TO_7);
            assertThatThrownBy(() -> fetch(run)).hasMessage("there is no capture 'c'");
            run.run(10 * GraphRun.MS);
        }
    }

    @Test
    void severalCapturesSeeTheSamePackets() throws Exception {
        try (GraphRun run = run()) {
            order(run, "point in n/link");
            run.process().handlers().write("capture", "d\npoint in n/link\npoint out n/in");
            run.push(TO_7);
            assertThat(seen(run)).hasSize(1);
            assertThat(fetch(run, "d").packets()).hasSize(2);
            run.run(10 * GraphRun.MS);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "c",
                "c\nnonsense",
                "c\npoint n/link",
                "c\npoint out n",
                "c\npoint up n/link",
                "c\nfilter udp and",
                "c\nfilter host nobody",
                "c\nsnap 0",
                "c\nsnap x",
                "c\nroom 999999999999",
                "c\nhost a b"
            })
    void anOrderThatIsNoneIsRefused(String order) throws Exception {
        try (GraphRun run = run()) {
            assertThatThrownBy(() -> run.process().handlers().write("capture", order))
                    .isInstanceOf(HandlerException.class);
        }
    }

    @Test
    void thereAreSoManyCapturesAndNoMore() throws Exception {
        try (GraphRun run = run()) {
            for (int i = 0; i < 16; i++) {
                run.process().handlers().write("capture", "c" + i + "\npoint in n/link");
            }
            run.process().handlers().write("capture", "c3\npoint in n/link");
            assertThatThrownBy(
                            () -> run.process().handlers().write("capture", "c16\npoint in n/link"))
                    .hasMessageContaining("16 captures");
        }
    }
}
