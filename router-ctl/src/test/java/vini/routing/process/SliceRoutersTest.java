package vini.routing.process;

import static org.assertj.core.api.Assertions.assertThat;

import static vini.routing.sim.SimulatedNetwork.MILLISECOND;
import static vini.routing.sim.SimulatedNetwork.SECOND;

import org.junit.jupiter.api.Test;

import vini.forwarder.HandlerException;
import vini.forwarder.control.HandlerSpace;
import vini.routing.sim.SimulatedNetwork;
import vini.routing.sim.SimulatedNetwork.Link;
import vini.routing.sim.SimulatedWire.Mode;

import java.util.ArrayList;
import java.util.List;

class SliceRoutersTest {
    private static final String OLD = "10.66.0.0/16 10.78.0.2 1";

    private static VirtualSlice triangle() {
        return new VirtualSlice(
                5,
                10,
                List.of(
                        SimulatedNetwork.link("a", "b", 10, 1),
                        SimulatedNetwork.link("b", "c", 10, 1),
                        SimulatedNetwork.link("c", "a", 10, 1)));
    }

    /** New routers beside forwarders that have a route of the last ones. */
    private static void restart(VirtualSlice slice) {
        slice.fibs.forEach((node, fib) -> slice.connect(node, fib, OLD));
        slice.routers.start();
        new OldRoutes(
                        slice.clock,
                        slice.routers,
                        () -> slice.fibs.values().forEach(NodeFib::dropOldRoutes))
                .watch();
    }

    private static boolean oldRoutesAreGone(VirtualSlice slice) {
        return slice.transactions.values().stream()
                .allMatch(told -> told.toString().contains("reset 10.66.0.0/16"));
    }

    @Test
    void oldRoutesGoAsSoonAsAllKnowTheNetwork() {
        VirtualSlice slice = triangle();
        restart(slice);
        slice.clock.runUntil(40 * MILLISECOND);
        assertThat(slice.transactions.toString()).doesNotContain("reset");
        slice.clock.runUntil(SECOND);
        assertThat(oldRoutesAreGone(slice)).isTrue();
    }

    @Test
    void aSilentLinkKeepsOldRoutesForADeadIntervalAndNotForAMinute() {
        VirtualSlice slice = triangle();
        VirtualSlice.of(slice.wires, "a-b").mode(Mode.SILENT);
        restart(slice);
        slice.clock.runUntil(10 * SECOND - MILLISECOND);
        assertThat(slice.transactions.toString()).doesNotContain("reset");
        assertThat(slice.routers.isConverged()).isFalse();
        slice.clock.runUntil(10 * SECOND + 100 * MILLISECOND);
        assertThat(oldRoutesAreGone(slice)).isTrue();
        assertThat(VirtualSlice.of(slice.transactions, "a").toString())
                .contains("set 10.77.0.2/32 10.78.0.9 1");
    }

    @Test
    void aLinkThatCarriesOneWayOnlyIsNotWaitedForEither() {
        VirtualSlice slice = triangle();
        VirtualSlice.of(slice.wires, "a-b").mode(Mode.LEFT_TO_RIGHT);
        restart(slice);
        slice.clock.runUntil(10 * SECOND - MILLISECOND);
        assertThat(slice.routers.isConverged()).isFalse();
        slice.clock.runUntil(10 * SECOND + 100 * MILLISECOND);
        assertThat(oldRoutesAreGone(slice)).isTrue();
    }

    @Test
    void aSliceInTwoPartsHasConvergedOnceBothHaveGivenTheOtherUp() {
        VirtualSlice slice =
                new VirtualSlice(
                        5,
                        10,
                        List.of(
                                SimulatedNetwork.link("a", "b", 10, 1),
                                SimulatedNetwork.link("b", "c", 10, 1),
                                SimulatedNetwork.link("c", "d", 10, 1)));
        slice.routers.start();
        slice.clock.runUntil(20 * SECOND);
        assertThat(slice.routers.isConverged()).isTrue();
        VirtualSlice.of(slice.wires, "b-c").mode(Mode.SILENT);
        slice.clock.runUntil(32 * SECOND);
        // Each part has its own instances now, and old ones of the other part for an hour.
        assertThat(slice.routers.isConverged()).isTrue();
    }

    @Test
    void anLsaOnItsWayIsNotConvergence() {
        VirtualSlice slice =
                new VirtualSlice(
                        5,
                        10,
                        List.of(
                                SimulatedNetwork.link("a", "b", 10, 1),
                                SimulatedNetwork.link("b", "c", 10, 300)));
        slice.routers.start();
        slice.clock.runUntil(20 * SECOND);
        assertThat(slice.routers.isConverged()).isTrue();
        VirtualSlice.of(slice.wires, "a-b").mode(Mode.DOWN);
        slice.clock.runFor(200 * MILLISECOND);
        assertThat(slice.routers.isConverged()).isFalse();
        slice.clock.runFor(SECOND);
        assertThat(slice.routers.isConverged()).isTrue();
    }

    /** What a control channel asks every few milliseconds while a slice starts. */
    @Test
    void theStatusOfAHundredRoutersCostsLittle() throws HandlerException {
        VirtualSlice slice = new VirtualSlice(5, 10, grid(10, 10));
        slice.routers.start();
        slice.clock.runUntil(8 * SECOND);
        HandlerSpace handlers = slice.routers.handlers();
        assertThat(handlers.read("status", "")).contains("\"routers\":100", "\"converged\":true");
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 300; i++) {
            long start = System.nanoTime();
            handlers.read("status", "");
            best = Math.min(best, System.nanoTime() - start);
        }
        System.out.println("status of 100 routers with 100 LSAs each: " + best / 1000 + " us");
        assertThat(best).isLessThan(MILLISECOND / 2);
    }

    private static List<Link> grid(int rows, int columns) {
        List<Link> links = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                String here = "r" + row + "c" + column;
                if (column + 1 < columns) {
                    links.add(SimulatedNetwork.link(here, "r" + row + "c" + (column + 1), 10, 1));
                }
                if (row + 1 < rows) {
                    links.add(SimulatedNetwork.link(here, "r" + (row + 1) + "c" + column, 10, 1));
                }
            }
        }
        return links;
    }
}
