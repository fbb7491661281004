package vini.overlay.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vini.forwarder.io.VirtualEngine;
import vini.overlay.json.Problems;
import vini.overlay.topology.LinkName;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.topology.TopologyFile;
import vini.time.Seed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

class VirtualNodesTest {
    private static final long SECOND = 1_000_000_000L;

    /** The short way from a to c is by b. */
    private static final String RING =
            """
            {"name": "ring",
             "nodes": {"a": {}, "b": {}, "c": {}, "d": {}},
             "links": [{"between": ["a", "b"], "delay": "10ms"},
                       {"between": ["b", "c"], "delay": "10ms"},
                       {"between": ["c", "d"], "delay": "10ms", "cost": 20},
                       {"between": ["d", "a"], "delay": "10ms", "cost": 20}],
             "routing": {"hello": "5s", "dead": "10s"}}
            """;

    private static final Cause WHY = new Cause(1, Long.MAX_VALUE);

    @TempDir Path folder;

    /** A slice in which a pings c ten times a second, and what happens in it from 50 s on. */
    private static final class Trial {
        final VirtualWorld world;
        final List<String> lines = new ArrayList<>();

        Trial(VirtualWorld world) throws IOException {
            this.world = world;
            assertThat(world.converge(10 * SECOND)).isPositive();
            world.follow((nanos, place, text) -> lines.add(nanos + " " + place + " " + text));
            world.host("a").start("rtt", "ping", "DST 10.77.0.3, EVERY 100ms");
            at(50);
            lines.clear();
        }

        Node node(String name) {
            return Objects.requireNonNull(world.topology().node(name));
        }

        void at(double seconds) {
            world.clock().runUntil((long) (seconds * SECOND));
            world.catchUp();
        }

        /** How many pings got an answer so far. */
        long replies() throws IOException {
            return world.host("a").log("rtt", 0).lines().filter(l -> l.startsWith("reply")).count();
        }

        List<String> linesWith(String... words) {
            return lines.stream()
                    .filter(line -> List.of(words).stream().allMatch(line::contains))
                    .toList();
        }

        String books() throws IOException {
            return world.books();
        }

        long dropped(String reason) throws IOException {
            return books().lines()
                    .filter(line -> line.contains(" drop ") && line.contains(" " + reason + " "))
                    .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        }

        /** Packets that are in the books but not in the world, or the other way round. */
        long imbalance() throws IOException {
            long sum = 0;
            for (String line : books().lines().toList()) {
                String[] word = line.split(" ", -1);
                long count = Long.parseLong(word[word.length - 1]);
                sum += word[1].equals("sent") || word[1].equals("untunnelled") ? count : -count;
            }
            return sum;
        }
    }

    private interface Part {
        void play(Trial trial) throws IOException;
    }

    private List<String> play(Part part) throws IOException {
        Topology topology =
                TopologyFile.read(
                        Files.writeString(folder.resolve("t.json"), RING), new Problems());
        try (VirtualEngine engine = new VirtualEngine()) {
            return engine.call(
                    () -> {
                        try (VirtualWorld world = new VirtualWorld(topology, new Seed(7), engine)) {
                            Trial trial = new Trial(world);
                            part.play(trial);
                            trial.at(200);
                            assertThat(trial.imbalance()).isZero();
                            List<String> all = new ArrayList<>(trial.lines);
                            all.add(trial.books());
                            return all;
                        }
                    });
        }
    }

    private static void crashAndStart(Trial trial) throws IOException {
        trial.world.crash(trial.node("b"), WHY);
        trial.at(53);
        assertThat(trial.linesWith("-> DOWN")).isEmpty();
        long before = trial.replies();
        trial.at(61);
        assertThat(trial.linesWith(" a neighbor", "FULL -> DOWN")).hasSize(1);
        assertThat(trial.linesWith(" c neighbor", "FULL -> DOWN")).hasSize(1);
        assertThat(trial.linesWith(" d neighbor")).isEmpty();
        trial.at(80);
        // By d, since the dead interval was over.
        assertThat(trial.replies()).isGreaterThan(before + 180);
        assertThat(trial.dropped("noPeer")).isPositive();
        long atStart = trial.replies();
        var _ = trial.world.start(trial.node("b"), WHY);
        trial.at(90);
        assertThat(trial.linesWith(" b neighbor", "-> FULL")).hasSize(2);
        assertThat(trial.replies()).isBetween(atStart + 97, atStart + 101);
        assertThat(trial.world.status()).contains("\"routers\":4,\"full\":4");
        // It took back what it said in its first life (RFC 2328 13.4), so all know one network.
        assertThat(trial.world.status()).contains("\"converged\":true");
        assertThat(trial.linesWith(" a/fib set 10.77.0.3/32 10.77.128.2")).isNotEmpty();
    }

    @Test
    void aNodeThatCrashesIsMissedAfterTheDeadIntervalAndTakesPartAgain() throws Exception {
        List<String> lines = play(VirtualNodesTest::crashAndStart);
        assertThat(lines).isEqualTo(play(VirtualNodesTest::crashAndStart));
    }

    @Test
    void packetsThatACrashedNodeHeldAreInTheBooks() throws Exception {
        play(
                trial -> {
                    trial.world.host("a").start("fast", "ping", "DST 10.77.0.3, EVERY 2ms");
                    trial.at(50.1);
                    trial.world.crash(trial.node("b"), WHY);
                    trial.at(50.2);
                    // What was in its delay lines, 10 ms each way.
                    assertThat(trial.dropped("nodeCrashed")).isBetween(9L, 11L);
                    trial.world.host("a").stop("fast");
                    assertThat(trial.imbalance()).isZero();
                });
    }

    @Test
    void aNodeThatIsBackBeforeTheDeadIntervalIsOverIsTakenBackAsAStranger() throws Exception {
        play(
                trial -> {
                    trial.world.crash(trial.node("b"), WHY);
                    trial.at(52);
                    var _ = trial.world.start(trial.node("b"), WHY);
                    trial.at(70);
                    // The hello of one who knows nobody (RFC 2328 10.2, 1-Way).
                    assertThat(trial.linesWith(" a neighbor", "FULL -> INIT")).hasSize(1);
                    assertThat(trial.linesWith(" b neighbor", "-> FULL")).hasSize(2);
                    assertThat(trial.world.status()).contains("\"converged\":true");
                });
    }

    @Test
    void nobodyNoticesANodeThatIsFrozenForLessThanTheDeadInterval() throws Exception {
        play(
                trial -> {
                    long before = trial.replies();
                    trial.world.freeze(trial.node("b"), WHY);
                    trial.at(53);
                    assertThat(trial.replies()).isBetween(before, before + 2);
                    assertThat(trial.dropped("nodeFrozen")).isBetween(25L, 35L);
                    var _ = trial.world.thaw(trial.node("b"), WHY);
                    trial.at(60);
                    assertThat(trial.linesWith("neighbor")).isEmpty();
                    assertThat(trial.linesWith("/fib")).isEmpty();
                    assertThat(trial.replies()).isGreaterThan(before + 65);
                });
    }

    @Test
    void aNodeThatWasFrozenForLongIsMadeNeighbourAgain() throws Exception {
        play(
                trial -> {
                    trial.world.freeze(trial.node("b"), WHY);
                    trial.at(80);
                    assertThat(trial.linesWith(" a neighbor", "FULL -> DOWN")).hasSize(1);
                    // It does not know yet.
                    assertThat(trial.linesWith(" b neighbor")).isEmpty();
                    var _ = trial.world.thaw(trial.node("b"), WHY);
                    trial.at(90);
                    assertThat(trial.linesWith(" b neighbor", "-> FULL")).hasSize(2);
                    assertThat(trial.world.status()).contains("\"converged\":true");
                });
    }

    @Test
    void routersThatAreKilledFindTheirOldRoutesInUse() throws Exception {
        play(
                trial -> {
                    long before = trial.replies();
                    trial.world.kill(SliceProcess.ROUTER);
                    trial.at(50.4);
                    assertThat(trial.linesWith("-> FULL")).isEmpty();
                    trial.at(60);
                    assertThat(trial.linesWith("-> FULL")).hasSize(8);
                    assertThat(trial.world.status()).contains("\"converged\":true");
                    // While they learn the network they use longer ways, but never none.
                    assertThat(trial.linesWith("/fib remove")).isEmpty();
                    assertThat(trial.replies()).isGreaterThanOrEqualTo(before + 98);
                });
    }

    @Test
    void aForwarderThatIsKilledGetsItsRoutesAgain() throws Exception {
        play(
                trial -> {
                    trial.world.kill(SliceProcess.FORWARDER);
                    trial.at(51);
                    // Routers live on, and nobody missed a hello for long.
                    assertThat(trial.linesWith("neighbor")).isEmpty();
                    trial.world.host("a").start("again", "ping", "DST 10.77.0.3, EVERY 100ms");
                    trial.at(53);
                    assertThat(
                                    trial.world
                                            .host("a")
                                            .log("again", 0)
                                            .lines()
                                            .filter(line -> line.startsWith("reply")))
                            .hasSizeGreaterThan(17);
                });
    }

    @Test
    void aNodeThatHasCrashedStaysDownWhenTheForwarderComesBack() throws Exception {
        play(
                trial -> {
                    trial.world.crash(trial.node("b"), WHY);
                    trial.at(51);
                    trial.world.kill(SliceProcess.FORWARDER);
                    trial.world.kill(SliceProcess.ROUTER);
                    trial.at(80);
                    assertThat(trial.world.status()).contains("\"routers\":3");
                    assertThat(trial.books()).contains("\nb sent");
                    var _ = trial.world.start(trial.node("b"), WHY);
                    trial.at(100);
                    assertThat(trial.world.status()).contains("\"routers\":4,\"full\":4");
                });
    }

    @Test
    void routersThatAreFrozenTogetherGoOnTogether() throws Exception {
        play(
                trial -> {
                    long before = trial.replies();
                    trial.world.freeze(SliceProcess.ROUTER, WHY);
                    trial.at(80);
                    assertThat(trial.linesWith("neighbor")).isEmpty();
                    assertThat(trial.replies()).isGreaterThan(before + 290);
                    var _ = trial.world.thaw(SliceProcess.ROUTER, WHY);
                    trial.at(100);
                    assertThat(trial.world.status()).contains("\"converged\":true");
                });
    }

    @Test
    void whatALinkShouldBeIsToldANodeThatComesAgain() throws Exception {
        play(
                trial -> {
                    trial.world.crash(trial.node("b"), WHY);
                    trial.world.fail(new LinkName("a", "b"), FailureMode.DOWN, WHY);
                    trial.at(60);
                    var _ = trial.world.start(trial.node("b"), WHY);
                    trial.at(70);
                    assertThat(trial.linesWith(" b neighbor", "-> FULL")).hasSize(1);
                });
    }
}
