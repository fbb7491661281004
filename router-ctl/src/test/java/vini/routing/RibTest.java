package vini.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vini.net.IpAddress;
import vini.net.Prefix;
import vini.routing.RouteChange.Install;
import vini.routing.RouteChange.Withdraw;
import vini.time.VirtualClock;

import java.util.ArrayList;
import java.util.List;

class RibTest {
    private static final Prefix PREFIX = Prefix.parse("10.77.0.1/32");
    private static final NextHop LEFT = new NextHop(0, IpAddress.parse("10.77.128.1"));
    private static final NextHop RIGHT = new NextHop(1, IpAddress.parse("10.77.128.5"));

    private final VirtualClock clock = new VirtualClock();
    private final List<List<RouteChange>> transactions = new ArrayList<>();
    private final Rib rib = new Rib(transactions::add, clock);

    @Test
    void theSmallestDistanceWinsAndTheOtherComesBack() {
        offer(Route.Protocol.OSPF, 5, LEFT);
        offer(Route.Protocol.STATIC, 0, RIGHT);
        rib.update(Route.Protocol.STATIC, List.of(), List.of(PREFIX));
        rib.update(Route.Protocol.OSPF, List.of(), List.of(PREFIX));
        assertThat(transactions)
                .containsExactly(
                        List.of(new Install(PREFIX, List.of(LEFT))),
                        List.of(new Install(PREFIX, List.of(RIGHT))),
                        List.of(new Install(PREFIX, List.of(LEFT))),
                        List.of(new Withdraw(PREFIX)));
        assertThat(rib.size()).isZero();
    }

    @Test
    void aCostThatChangesNothingStaysOutOfTheFib() {
        offer(Route.Protocol.OSPF, 5, LEFT);
        clock.runUntil(1000);
        offer(Route.Protocol.OSPF, 7, LEFT);
        assertThat(transactions).hasSize(1);
        assertThat(rib.routes().getFirst().route().cost()).isEqualTo(7);
        assertThat(rib.routes().getFirst().sinceNanos()).isEqualTo(1000);
        assertThat(rib.routes().getFirst().route().by()).isEqualTo("ospf intra");
    }

    @Test
    void theLoserOfAPrefixMayVanishUnseen() {
        offer(Route.Protocol.STATIC, 0, LEFT);
        offer(Route.Protocol.OSPF, 5, RIGHT);
        rib.update(Route.Protocol.OSPF, List.of(), List.of(PREFIX));
        assertThat(transactions).hasSize(1);
    }

    private void offer(Route.Protocol protocol, long cost, NextHop nextHop) {
        rib.update(
                protocol,
                List.of(new Route(PREFIX, protocol, "intra", cost, List.of(nextHop))),
                List.of());
    }
}
