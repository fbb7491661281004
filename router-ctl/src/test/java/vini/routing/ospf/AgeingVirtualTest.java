package vini.routing.ospf;

import static org.assertj.core.api.Assertions.assertThat;

import static vini.routing.sim.SimulatedNetwork.SECOND;
import static vini.routing.sim.SimulatedNetwork.link;

import org.junit.jupiter.api.Test;

import vini.routing.ospf.wire.LsaHeader;
import vini.routing.sim.SimulatedNetwork;
import vini.routing.sim.SimulatedWire.Mode;

import java.util.List;

/** The slow life of LSAs: hours of virtual time. */
class AgeingVirtualTest {
    private static final List<SimulatedNetwork.Link> CHAIN =
            List.of(link("a", "b", 10, 1), link("b", "c", 10, 1));

    private final SimulatedNetwork net = new SimulatedNetwork(1, 5 * SECOND, 10 * SECOND, CHAIN);

    private LsaHeader at(String router, String originator) {
        return net.router(router).database().stream()
                .filter(h -> h.key().advertisingRouter() == net.at(originator).address().bits())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void lsasAreRefreshedBeforeHalfAnHourAndRoutesDoNotNotice() {
        net.start();
        net.clock().runUntil(100 * SECOND);
        int before = at("c", "a").sequence();
        long fib = net.lastFibChange();
        assertThat(at("c", "a").age()).isBetween(98, 102);
        net.clock().runUntil(1600 * SECOND);
        assertThat(at("c", "a").sequence()).isEqualTo(before);
        net.clock().runUntil(1810 * SECOND);
        assertThat(at("c", "a").sequence()).isEqualTo(before + 1);
        net.clock().runUntil(20_000 * SECOND);
        assertThat(net.lastFibChange()).isEqualTo(fib);
        assertThat(at("c", "a").age()).isLessThan(1810);
    }

    @Test
    void whatNobodyRefreshesIsFlushedAfterAnHour() {
        net.start();
        net.clock().runUntil(100 * SECOND);
        net.wire("b-c").mode(Mode.SILENT);
        net.clock().runUntil(3000 * SECOND);
        assertThat(net.router("a").database()).hasSize(3);
        net.clock().runUntil(3800 * SECOND);
        assertThat(net.router("a").database()).hasSize(2);
        assertThat(net.router("b").database()).hasSize(2);
        assertThat(net.router("c").database()).hasSize(1);
        net.wire("b-c").mode(Mode.UP);
        net.clock().runUntil(3900 * SECOND);
        assertThat(net.router("a").database()).hasSize(3);
        assertThat(net.isComplete()).isTrue();
    }
}
