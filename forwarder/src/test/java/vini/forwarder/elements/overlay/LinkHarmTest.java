package vini.forwarder.elements.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static vini.forwarder.kit.GraphRun.MS;
import static vini.forwarder.kit.Packets.UDP;

import org.junit.jupiter.api.Test;

import vini.forwarder.ConfigException;
import vini.forwarder.HandlerException;
import vini.forwarder.kit.Collect;
import vini.forwarder.kit.GraphRun;

import java.util.List;

/** What links do to packets beside delay, loss and rate, and how they repair themselves. */
class LinkHarmTest {
    private static GraphRun link(String arguments) throws ConfigException {
        long seed = Long.getLong("seed", 7);
        return GraphRun.of(seed, "in :: Inject -> l :: Link(" + arguments + ") -> out :: Collect;");
    }

    private static List<Long> arrivals(GraphRun run) {
        return run.seen("out").stream().map(Collect.Seen::nanos).toList();
    }

    @Test
    void aShareOfThePacketsIsSentTwice() throws Exception {
        try (GraphRun run = link("DUPLICATE 10%")) {
            for (int i = 0; i < 4000; i++) {
                run.push("%04x".formatted(i));
                run.run(1);
            }
            // 400 are expected; the standard deviation is 19.
            assertThat(run.out("out").size()).isBetween(4320, 4480);
            assertThat(run.out("out").stream().distinct()).hasSize(4000);
        }
    }

    @Test
    void ofAShareOneBitIsTurned() throws Exception {
        try (GraphRun run = link("CORRUPT 25%")) {
            for (int i = 0; i < 1000; i++) {
                run.push("0000000000");
                run.run(1);
            }
            List<String> harmed =
                    run.out("out").stream().filter(bytes -> !bytes.equals("0000000000")).toList();
            assertThat(harmed.size()).isBetween(200, 300);
            assertThat(harmed)
                    .allSatisfy(
                            bytes ->
                                    assertThat(Long.bitCount(Long.parseLong(bytes, 16)))
                                            .isEqualTo(1));
        }
    }

    @Test
    void aBitIsTurnedInOneOfTwoPacketsThatShareTheirBytes() throws Exception {
        try (GraphRun run = link("DUPLICATE 100%, CORRUPT 100%")) {
            run.push("0000");
            run.run(1);
            assertThat(run.out("out")).hasSize(2).contains("0000");
        }
    }

    @Test
    void aShareOvertakesTheOthers() throws Exception {
        try (GraphRun run = link("DELAY 10ms, REORDER 5%")) {
            for (int i = 0; i < 2000; i++) {
                run.push("%04x".formatted(i));
                run.run(MS / 10);
            }
            run.run(20 * MS);
            assertThat(run.out("out")).hasSize(2000);
            long early = 0;
            for (int i = 0; i < 2000; i++) {
                Collect.Seen seen = run.seen("out").get(i);
                int number = Integer.parseInt(run.out("out").get(i), 16);
                early += seen.nanos() < number * (MS / 10) + 10 * MS ? 1 : 0;
            }
            assertThat(early).isBetween(65L, 135L);
        }
    }

    @Test
    void whatWaitsGoesOnAtTheNewRateAndInOrder() throws Exception {
        // 224 bits each: 1 ms at 224 kb/s.
        try (GraphRun run = link("RATE 224kbps, QUEUE 100, DELAY 1ms")) {
            for (int i = 0; i < 10; i++) {
                run.push(UDP);
            }
            run.run(2 * MS + MS / 2); // Two have departed, and half of the third.
            run.write("l.rate", "448kbps");
            run.run(100 * MS);
            List<Long> arrivals = arrivals(run);
            assertThat(arrivals).hasSize(10).isSorted();
            assertThat(arrivals.get(1)).isEqualTo(3 * MS);
            assertThat(arrivals.get(2)).isBetween(3_750_000L - 10, 3_750_000L + 10);
            assertThat(arrivals.get(9)).isBetween(7_250_000L - 100, 7_250_000L + 100);
        }
    }

    @Test
    void aLinkThatHadAlmostNoRateRecovers() throws Exception {
        try (GraphRun run = link("RATE 1bps, QUEUE 100")) {
            run.push(UDP, UDP);
            run.run(1000 * MS);
            assertThat(run.out("out")).isEmpty();
            run.write("l.rate", "none");
            run.run(1);
            assertThat(run.out("out")).hasSize(2);
            assertThat(run.read("l.length")).isEqualTo("0");
        }
    }

    @Test
    void aLeaseRepairsTheLinkIfNobodyElseDoes() throws Exception {
        try (GraphRun run = link("DELAY 1ms")) {
            run.write("l.state", "silent");
            run.write("l.delay", "50ms");
            run.write("l.lease", "20ms state up delay 1ms");
            run.run(20 * MS - 1);
            assertThat(run.read("l.state")).isEqualTo("silent");
            run.run(1);
            assertThat(run.read("l.state")).isEqualTo("up");
            assertThat(run.read("l.delay")).isEqualTo("1ms");
            assertThat(run.read("l.leases")).isEqualTo("1");
        }
    }

    @Test
    void aNewLeaseTakesThePlaceOfTheOldOneAndNoneEndsIt() throws Exception {
        try (GraphRun run = link("")) {
            run.write("l.state", "down");
            run.write("l.lease", "20ms state up");
            run.run(10 * MS);
            run.write("l.lease", "20ms state up");
            run.run(15 * MS);
            assertThat(run.read("l.state")).isEqualTo("down");
            run.write("l.lease", "none");
            run.run(1000 * MS);
            assertThat(run.read("l.state")).isEqualTo("down");
            assertThat(run.read("l.leases")).isEqualTo("0");
        }
    }

    @Test
    void refusesLeasesThatItCouldNotKeep() throws Exception {
        try (GraphRun run = link("")) {
            for (String lease :
                    List.of(
                            "",
                            "soon",
                            "5s state",
                            "5s state sideways",
                            "5s colour red",
                            "5s delay 2h")) {
                assertThatThrownBy(() -> run.write("l.lease", lease))
                        .as(lease)
                        .isInstanceOf(HandlerException.class);
            }
        }
    }
}
