package vini.routing.ospf;

import static org.assertj.core.api.Assertions.assertThat;

import static vini.routing.sim.SimulatedNetwork.MILLISECOND;
import static vini.routing.sim.SimulatedNetwork.SECOND;
import static vini.routing.sim.SimulatedNetwork.link;

import org.junit.jupiter.api.Test;

import vini.net.Prefix;
import vini.routing.sim.SimulatedNetwork;
import vini.routing.sim.SimulatedNetwork.Link;
import vini.routing.sim.SimulatedWire;
import vini.routing.sim.SimulatedWire.Mode;

import java.util.ArrayList;
import java.util.List;

class OtherTopologiesVirtualTest {
    private static SimulatedNetwork network(long seed, List<Link> links) {
        return new SimulatedNetwork(seed, 5 * SECOND, 10 * SECOND, links);
    }

    private static List<Link> ring(int size) {
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            links.add(link("n" + i, "n" + (i + 1) % size, 10, 1));
        }
        return links;
    }

    private static List<Link> grid(int side) {
        List<Link> links = new ArrayList<>();
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                if (column + 1 < side) {
                    links.add(link(at(row, column), at(row, column + 1), 10, 1));
                }
                if (row + 1 < side) {
                    links.add(link(at(row, column), at(row + 1, column), 10, 1));
                }
            }
        }
        return links;
    }

    private static String at(int row, int column) {
        return "r" + row + "c" + column;
    }

    @Test
    void aRingTurnsRoundAndHasTwoEqualWaysToTheOppositeNode() {
        SimulatedNetwork net = network(1, ring(6));
        net.start();
        net.clock().runUntil(5 * SECOND);
        assertThat(net.walk("n0", "n2")).containsExactly("n0", "n1", "n2");
        assertThat(net.at("n0").fib().routes().get(Prefix.host(net.at("n3").address()))).hasSize(2);
        net.wire("n0-n1").mode(Mode.SILENT);
        net.clock().runUntil(17 * SECOND);
        assertThat(net.walk("n0", "n1")).containsExactly("n0", "n5", "n4", "n3", "n2", "n1");
        net.wire("n0-n1").mode(Mode.UP);
        net.clock().runUntil(30 * SECOND);
        assertThat(net.walk("n0", "n1")).containsExactly("n0", "n1");
    }

    @Test
    void aGridSurvivesTwoFailuresAtOnce() {
        SimulatedNetwork net = network(2, grid(5));
        net.start();
        long full = net.runUntil(() -> net.isFull() && net.isComplete(), SECOND);
        System.out.println("grid of 25 full and complete after " + full / 1000 + " us");
        net.clock().runUntil(5 * SECOND);
        assertThat(net.walk("r0c0", "r0c4")).hasSize(5);
        net.wire("r0c1-r0c2").mode(Mode.SILENT);
        net.wire("r0c3-r0c4").mode(Mode.DOWN);
        net.clock().runUntil(17 * SECOND);
        assertThat(net.walk("r0c0", "r0c4")).hasSize(7).doesNotContain("lost", "loop");
        assertThat(net.isComplete()).isTrue();
        net.wire("r0c1-r0c2").mode(Mode.UP);
        net.wire("r0c3-r0c4").mode(Mode.UP);
        net.clock().runUntil(30 * SECOND);
        assertThat(net.walk("r0c0", "r0c4")).hasSize(5);
        assertThat(net.isFull()).isTrue();
    }

    @Test
    void lossyWiresConvergeAllTheSame() {
        for (long seed = 1; seed <= 10; seed++) {
            SimulatedNetwork net = network(seed, grid(3));
            for (SimulatedWire wire : net.wires()) {
                wire.loss(0.2);
            }
            net.start();
            long whole = net.runUntil(net::isComplete, 120 * SECOND);
            for (SimulatedWire wire : net.wires()) {
                wire.loss(0);
            }
            // What was lost is retransmitted within RxmtInterval, and hellos come again.
            net.clock().runUntil(whole + 30 * SECOND);
            assertThat(net.isFull()).as("seed %d", seed).isTrue();
            for (int i = 0; i < 9; i++) {
                assertThat(net.instances(at(i / 3, i % 3)))
                        .as("seed %d", seed)
                        .isEqualTo(net.instances("r0c0"));
            }
        }
    }

    @Test
    void aRouterThatIsReplacedTakesUpItsOldSequenceNumbers() {
        SimulatedNetwork net = network(3, ring(4));
        net.start();
        net.clock().runUntil(5 * SECOND);
        net.replaceRouter("n0");
        net.clock().runUntil(12 * SECOND);
        assertThat(net.isFull()).isTrue();
        assertThat(net.instances("n2")).isEqualTo(net.instances("n0"));
        assertThat(net.walk("n1", "n3")).isIn(List.of("n1", "n0", "n3"), List.of("n1", "n2", "n3"));
    }

    @Test
    void aRouterThatTakesLeaveIsGivenUpAtOnce() {
        SimulatedNetwork net = network(4, ring(4));
        net.start();
        net.clock().runUntil(5 * SECOND);
        net.router("n0").stop();
        net.clock().runUntil(5 * SECOND + 100 * MILLISECOND);
        assertThat(net.walk("n1", "n3")).containsExactly("n1", "n2", "n3");
    }

    @Test
    void aChangedCostMovesThePathWithoutLosingIt() {
        SimulatedNetwork net = network(5, ring(5));
        net.start();
        net.clock().runUntil(5 * SECOND);
        assertThat(net.walk("n0", "n1")).containsExactly("n0", "n1");
        net.router("n0").setCost(0, 50);
        net.clock().runUntil(5 * SECOND + 100 * MILLISECOND);
        assertThat(net.walk("n0", "n1")).containsExactly("n0", "n4", "n3", "n2", "n1");
        assertThat(net.walk("n1", "n0")).containsExactly("n1", "n0");
    }

    @Test
    void aHubWhoseLsaIsLargerThanTheMtuServesItsLeaves() {
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            links.add(link("hub", "leaf" + i, 10, 0.5));
        }
        SimulatedNetwork net = network(6, links);
        net.start();
        net.clock().runUntil(3 * SECOND);
        assertThat(net.isFull()).isTrue();
        assertThat(net.isComplete()).isTrue();
        assertThat(net.walk("leaf0", "leaf149")).containsExactly("leaf0", "hub", "leaf149");
        assertThat(
                        net.router("leaf0").database().getFirst().length() > 3000
                                || net.router("leaf0").database().get(1).length() > 3000)
                .isTrue();
    }

    @Test
    void carrierThatComesBackHealsWithinMillisecondsOnShortLinks() {
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            links.add(link("n" + i, "n" + (i + 1) % 6, 10, 0.1));
        }
        SimulatedNetwork net = network(7, links);
        net.start();
        net.clock().runUntil(5 * SECOND);
        net.wire("n0-n1").mode(Mode.DOWN);
        List<String> dead = List.of("n0-n1");
        long round = net.runUntil(() -> net.reaches("n0", "n1", dead), 6 * SECOND) - 5 * SECOND;
        net.clock().runUntil(10 * SECOND);
        net.wire("n0-n1").mode(Mode.UP);
        long back = net.runUntil(() -> net.walk("n0", "n1").size() == 2, 11 * SECOND) - 10 * SECOND;
        System.out.println(
                "short links: round after " + round / 1000 + " us, back after " + back / 1000);
        assertThat(round).isLessThan(12 * MILLISECOND);
        assertThat(back).isLessThan(20 * MILLISECOND);
    }
}
