package vini.routing.ospf.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static vini.routing.ospf.interop.TunRouter.SECOND;

import org.junit.jupiter.api.Test;

import vini.net.Ipv4Address;
import vini.routing.ospf.DropReason;
import vini.routing.ospf.NeighborMachine.State;
import vini.routing.ospf.OspfInterface;

import java.time.Duration;
import java.util.List;

class FrrInteropSystemTest {
    private static final String OURS = "10.99.0.1";
    private static final String THEIRS = "10.99.0.2";

    @Test
    void isFullWithTheSameDatabaseAndCarriesPacketsUntilThePeerDies() throws Exception {
        PeerNamespace.assumePossible(Frr.ZEBRA, Frr.OSPFD, Frr.VTYSH, "/usr/bin/tshark");
        List<OspfInterface> interfaces = List.of(link(0, "10.98.0.1", "10.98.0.2"));
        try (PeerNamespace peer = PeerNamespace.make("frr", "10.98.0.2/30", THEIRS);
                CaptureFile capture = CaptureFile.named("frr", 0);
                TunRouter ours =
                        new TunRouter(
                                        OURS,
                                        List.of(peer.tun()),
                                        interfaces,
                                        SECOND,
                                        4 * SECOND,
                                        capture)
                                .connected(interfaces)) {
            // Not in the area: FRR redistributes it as an AS-external-LSA.
            peer.inside("ip", "address", "add", "203.0.113.1/32", "dev", "lo");
            Frr frr = Frr.start(peer, THEIRS, "10.98.0.0/30", THEIRS + "/32");
            long start = ours.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> ours.state(0) == State.FULL);
            System.out.println(
                    "FRR full "
                            + ours.nanosUntil(0, State.FULL, start) / 1_000_000
                            + " ms after our start, "
                            + (ours.nanosUntil(0, State.FULL, start)
                                            - ours.nanosUntil(0, State.INIT, start))
                                    / 1000
                            + " us after its first hello");

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> {
                                assertThat(frr.instances()).hasSize(3).isEqualTo(ours.instances());
                                assertThat(ours.hasRoute(THEIRS + "/32")).isTrue();
                                assertThat(ours.hasRoute("203.0.113.1/32")).isTrue();
                                assertThat(frr.show("ip route " + OURS)).contains("10.98.0.1");
                            });
            assertThat(peer.inside("ping", "-c", "3", "-i", "0.2", "-I", THEIRS, OURS))
                    .contains(" 0% packet loss");
            ours.ping(THEIRS);
            await().atMost(Duration.ofSeconds(3)).until(() -> ours.echoesReceived() == 1);

            long killed = System.nanoTime();
            frr.kill();
            await().atMost(Duration.ofSeconds(6)).until(() -> ours.state(0) == State.DOWN);
            long noticed = System.nanoTime() - killed;
            System.out.println("FRR's death noticed after " + noticed / 1_000_000 + " ms");
            await().atMost(Duration.ofSeconds(1)).until(() -> !ours.hasRoute(THEIRS + "/32"));
            assertThat(noticed).isLessThan(4 * SECOND + SECOND / 2);

            assertThat(ours.ask(ours.router()::drops)).doesNotContainKey(DropReason.MALFORMED);
            assertThat(capture.complaints()).isEmpty();
        }
    }

    static OspfInterface link(int number, String local, String peer) {
        return new OspfInterface(
                number,
                "tun" + number,
                Ipv4Address.parse(local),
                30,
                Ipv4Address.parse(peer),
                10,
                1500);
    }
}
