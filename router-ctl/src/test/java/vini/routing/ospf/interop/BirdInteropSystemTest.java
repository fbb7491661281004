package vini.routing.ospf.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static vini.routing.ospf.interop.TunRouter.SECOND;

import org.junit.jupiter.api.Test;

import vini.routing.ospf.DropReason;
import vini.routing.ospf.NeighborMachine.State;
import vini.routing.ospf.OspfInterface;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

class BirdInteropSystemTest {
    private static final String OURS = "10.99.0.1";
    private static final String THEIRS = "10.99.0.3";

    @Test
    void isFullWithTheSameDatabaseAndCarriesPacketsUntilThePeerDies() throws Exception {
        PeerNamespace.assumePossible(Bird.BIRD, Bird.BIRDC, "/usr/bin/tshark");
        List<OspfInterface> interfaces =
                List.of(FrrInteropSystemTest.link(0, "10.98.0.5", "10.98.0.6"));
        try (PeerNamespace peer = PeerNamespace.make("bird", "10.98.0.6/30", THEIRS);
                CaptureFile capture = CaptureFile.named("bird", 0);
                TunRouter ours =
                        new TunRouter(
                                        OURS,
                                        List.of(peer.tun()),
                                        interfaces,
                                        SECOND,
                                        4 * SECOND,
                                        capture)
                                .connected(interfaces)) {
            Bird bird = Bird.start(peer, THEIRS);
            // It skips its first DD packet, until a retransmission 5 s later, if its first
            // router-LSA is not made yet, and it makes that on a tick of 1 s.
            await().atMost(Duration.ofSeconds(10))
                    .ignoreException(IOException.class)
                    .until(() -> bird.instances().size() == 1);
            long start = ours.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> ours.state(0) == State.FULL);
            System.out.println(
                    "BIRD full "
                            + ours.nanosUntil(0, State.FULL, start) / 1_000_000
                            + " ms after our start, "
                            + (ours.nanosUntil(0, State.FULL, start)
                                            - ours.nanosUntil(0, State.INIT, start))
                                    / 1000
                            + " us after its first hello");

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> {
                                assertThat(bird.instances()).hasSize(2).isEqualTo(ours.instances());
                                assertThat(ours.hasRoute(THEIRS + "/32")).isTrue();
                                assertThat(bird.show("route")).contains(OURS + "/32");
                            });
            assertThat(peer.inside("ping", "-c", "3", "-i", "0.2", "-I", THEIRS, OURS))
                    .contains(" 0% packet loss");
            ours.ping(THEIRS);
            await().atMost(Duration.ofSeconds(3)).until(() -> ours.echoesReceived() == 1);

            long killed = System.nanoTime();
            bird.kill();
            await().atMost(Duration.ofSeconds(6)).until(() -> ours.state(0) == State.DOWN);
            long noticed = System.nanoTime() - killed;
            System.out.println("BIRD's death noticed after " + noticed / 1_000_000 + " ms");
            await().atMost(Duration.ofSeconds(1)).until(() -> !ours.hasRoute(THEIRS + "/32"));
            assertThat(noticed).isLessThan(4 * SECOND + SECOND / 2);

            assertThat(ours.ask(ours.router()::drops)).doesNotContainKey(DropReason.MALFORMED);
            assertThat(capture.complaints()).isEmpty();
        }
    }
}
