package vini.routing.ospf.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;

/** FRR - ours - BIRD: three implementations, one database, and packets from end to end. */
class ThreeDatabasesSystemTest {
    @Test
    void allHoldTheSameInstancesBeforeAndAfterAChange() throws Exception {
        PeerNamespace.assumePossible(
                Frr.ZEBRA, Frr.OSPFD, Frr.VTYSH, Bird.BIRD, Bird.BIRDC, "/usr/bin/tshark");
        try (Meeting meeting = new Meeting("three", "10.99.0.2", "10.99.0.3")) {
            PeerNamespace left = meeting.peer(0);
            PeerNamespace right = meeting.peer(1);
            TunRouter ours = meeting.ours();
            Frr frr = Frr.start(left, "10.99.0.2", "10.98.0.0/30", "10.99.0.2/32");
            Bird bird = Bird.start(right, "10.99.0.3");
            meeting.start();
            await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> same(ours, frr, bird));
            System.out.println(
                    "all started together: FRR full "
                            + meeting.fullAfterMs(0)
                            + " ms, BIRD full "
                            + meeting.fullAfterMs(1)
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
            meeting.nobodyComplains();
        }
    }

    private static void same(TunRouter ours, Frr frr, Bird bird) throws Exception {
        assertThat(ours.instances()).hasSize(3);
        assertThat(frr.instances()).isEqualTo(ours.instances());
        assertThat(bird.instances()).isEqualTo(ours.instances());
    }
}
