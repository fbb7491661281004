package vini.routing.ospf;

import static org.assertj.core.api.Assertions.assertThat;

import static vini.routing.sim.SimulatedNetwork.MILLISECOND;
import static vini.routing.sim.SimulatedNetwork.SECOND;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vini.routing.sim.SimulatedNetwork;
import vini.routing.sim.SimulatedWire.Mode;

import java.util.List;

/** The paper's experiment without packets: 11 routers, one silent failure, and back. */
class AbileneVirtualTest {
    private static final List<String> NORTH =
            List.of("wash", "nycm", "chin", "ipls", "kscy", "dnvr", "sttl");
    private static final List<String> SOUTH =
            List.of("wash", "atla", "hstn", "losa", "snva", "sttl");
    private static final long FAILURE = 20 * SECOND;
    private static final long RESTORE = 44 * SECOND;

    private static SimulatedNetwork abilene(long seed) {
        return new SimulatedNetwork(seed, 5 * SECOND, 10 * SECOND, SimulatedNetwork.abilene());
    }

    @Test
    void isFullEverywhereWithinASecond() {
        SimulatedNetwork net = abilene(1);
        net.start();
        long full = net.runUntil(() -> net.isFull() && net.isComplete(), SECOND);
        System.out.println("11 routers full and complete after " + full / 1000 + " us");
        net.clock().runUntil(SECOND);
        assertThat(net.walk("wash", "sttl")).isEqualTo(NORTH);
        assertThat(net.instances("wash")).hasSize(11).isEqualTo(net.instances("losa"));
        assertThat(net.router("wash").isSettled()).isTrue();
        for (DropReason reason : DropReason.values()) {
            assertThat(net.drops(reason)).as(reason.toString()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void goesRoundASilentFailureAndComesBack(long seed) {
        SimulatedNetwork net = abilene(seed);
        long outage = run(net);
        System.out.println("seed " + seed + ": outage " + outage / MILLISECOND + " ms");
        assertThat(outage).isBetween(5 * SECOND, 11 * SECOND);
    }

    @Test
    void theSameSeedGivesTheSameTranscriptAndAnotherDoesNot() {
        long start = System.nanoTime();
        SimulatedNetwork first = abilene(7);
        run(first);
        long wall = System.nanoTime() - start;
        SimulatedNetwork second = abilene(7);
        run(second);
        SimulatedNetwork other = abilene(8);
        run(other);
        assertThat(second.transcript()).isEqualTo(first.transcript());
        assertThat(other.transcript()).isNotEqualTo(first.transcript());
        System.out.println(
                "64 s of 11 routers in "
                        + wall / 1000
                        + " us of wall time, "
                        + first.transcript().size()
                        + " lines");
        assertThat(wall).isLessThan(SECOND);
    }

    /** Failure and back; returns how long packets would have been lost. */
    private static long run(SimulatedNetwork net) {
        net.start();
        net.clock().runUntil(FAILURE);
        assertThat(net.walk("wash", "sttl")).isEqualTo(NORTH);

        net.wire("dnvr-kscy").mode(Mode.SILENT);
        List<String> dead = List.of("dnvr-kscy");
        long again =
                net.runUntil(
                        () ->
                                net.reaches("wash", "sttl", dead)
                                        && net.reaches("sttl", "wash", dead),
                        RESTORE);
        net.clock().runUntil(RESTORE);
        assertThat(net.walk("wash", "sttl")).isEqualTo(SOUTH);
        assertThat(net.walk("sttl", "wash")).isEqualTo(SOUTH.reversed());

        net.wire("dnvr-kscy").mode(Mode.UP);
        net.clock().runUntil(RESTORE + 20 * SECOND);
        assertThat(net.walk("wash", "sttl")).isEqualTo(NORTH);
        assertThat(net.isFull()).isTrue();
        return again - FAILURE;
    }

    @Test
    void aCarrierLossIsHealedRoundInAFlashAndBackInAnother() {
        SimulatedNetwork net = abilene(3);
        net.start();
        net.clock().runUntil(FAILURE);
        net.wire("dnvr-kscy").mode(Mode.DOWN);
        List<String> dead = List.of("dnvr-kscy");
        long again = net.runUntil(() -> net.reaches("wash", "sttl", dead), RESTORE) - FAILURE;
        net.clock().runUntil(RESTORE);
        assertThat(net.walk("wash", "sttl")).isEqualTo(SOUTH);
        net.wire("dnvr-kscy").mode(Mode.UP);
        long healed =
                net.runUntil(() -> net.walk("wash", "sttl").equals(NORTH), RESTORE + SECOND)
                        - RESTORE;
        System.out.println(
                "carrier loss: new path after "
                        + again / 1000
                        + " us, old path back after "
                        + healed / 1000
                        + " us");
        // Both have delays of the links in them: 22 ms of flooding, six ways over a 6.7 ms link.
        assertThat(again).isLessThan(60 * MILLISECOND);
        assertThat(healed).isLessThan(90 * MILLISECOND);
    }
}
