package vini.routing.ospf.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static vini.routing.ospf.interop.TunRouter.SECOND;

import org.junit.jupiter.api.Test;

import vini.routing.ospf.NeighborMachine.State;
import vini.routing.ospf.OspfInterface;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** FRR - ours - BIRD: three implementations, one database, and packets from end to end. */
class ThreeDatabasesSystemTest {
    @Test
    void allHoldTheSameInstancesBeforeAndAfterAChange() throws Exception {
        PeerNamespace.assumePossible(
                Frr.ZEBRA, Frr.OSPFD, Frr.VTYSH, Bird.BIRD, Bird.BIRDC, "/usr/bin/tshark");
        List<OspfInterface> interfaces =
                List.of(
                        FrrInteropSystemTest.link(0, "10.98.0.1", "10.98.0.2"),
                        FrrInteropSystemTest.link(1, "10.98.0.5", "10.98.0.6"));
        try (PeerNamespace left = PeerNamespace.make("3l", "10.98.0.2/30", "10.99.0.2");
                PeerNamespace right = PeerNamespace.make("3r", "10.98.0.6/30", "10.99.0.3");
                CaptureFile capture = CaptureFile.named("three", 1);
                TunRouter ours =
                        new TunRouter(
                                        "10.99.0.1",
                                        List.of(left.tun(), right.tun()),
                                        interfaces,
                                        SECOND,
                                        4 * SECOND,
                                        capture)
                                .connected(interfaces)) {
            Frr frr = Frr.start(left, "10.99.0.2", "10.98.0.0/30", "10.99.0.2/32");
            Bird bird = Bird.start(right, "10.99.0.3");
            long start = ours.start();
            await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> same(ours, frr, bird));
            System.out.println(
                    "all started together: FRR full "
                            + ours.nanosUntil(0, State.FULL, start) / 1_000_000
                            + " ms, BIRD full "
                            + ours.nanosUntil(1, State.FULL, start) / 1_000_000
                            + " ms after our start");
            await().atMost(Duration.ofSeconds(10))
                    .ignoreException(IOException.class) // No route yet: ping fails.
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    left.inside(
                                                            "ping",
                                                            "-c",
                                                            "1",
                                                            "-W",
                                                            "1",
                                                            "-I",
                                                            "10.99.0.2",
                                                            "10.99.0.3"))
                                            .contains(" 0% packet loss"));

            // Three instances of one LSA in a moment: what a discarding peer would miss.
            long changed = System.nanoTime();
            for (int cost = 20; cost <= 40; cost += 10) {
                int next = cost;
                ours.ask(
                        () -> {
                            ours.router().setCost(0, next);
                            return true;
                        });
                Thread.sleep(100);
            }
            await().atMost(Duration.ofSeconds(4)).untilAsserted(() -> same(ours, frr, bird));
            System.out.println(
                    "three databases equal again "
                            + (System.nanoTime() - changed) / 1_000_000
                            + " ms after the first of three changes");
            assertThat(capture.complaints()).isEmpty();
        }
    }

    private static void same(TunRouter ours, Frr frr, Bird bird) throws Exception {
        assertThat(ours.instances()).hasSize(3);
        assertThat(frr.instances()).isEqualTo(ours.instances());
        assertThat(bird.instances()).isEqualTo(ours.instances());
    }
}
